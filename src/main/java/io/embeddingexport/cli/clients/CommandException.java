package io.embeddingexport.cli.clients;

/** A command cannot go on. The message is one line for a person: what, where, what to do. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }
}
