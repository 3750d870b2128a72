package io.embeddingexport.cli.clients;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of arguments that picocli does not make. */
public final class ArgumentCheck {

  /**
   * Refuses the arguments of a command if they are not right.
   *
   * @param message the argument, its value, and what it must be
   */
  public static void require(CommandSpec command, boolean right, String message) {
    if (!right) {
      throw new ParameterException(command.commandLine(), message);
    }
  }

  private ArgumentCheck() {}
}
