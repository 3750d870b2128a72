package io.embeddingexport.cli.clients;

import java.util.List;

/** A command cannot go on. The message is one line for a person: what, where, what to do. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  /**
   * An exception that names every problem.
   *
   * @param problems one or more
   */
  public static CommandException of(List<String> problems) {
    return new CommandException(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  " + String.join("\n  ", problems));
  }
}
