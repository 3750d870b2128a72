package io.embeddingexport.cli.clients;

/** A command cannot continue. The message is one line for people: problem, place, remedy. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }
}
