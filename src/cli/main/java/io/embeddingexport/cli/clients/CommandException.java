package io.embeddingexport.cli.clients;

import java.util.List;

/** A command cannot go on. The message is one line for a person: what, where, what to do. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  /** Fails with every one of these problems, if there are any. */
  public static void throwIfAny(List<String> problems) throws CommandException {
    if (problems.size() == 1) {
      throw new CommandException(problems.get(0));
    }
    if (!problems.isEmpty()) {
      throw new CommandException(
          problems.size() + " problems:\n  " + String.join("\n  ", problems));
    }
  }
}
