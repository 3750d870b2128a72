package io.embeddingexport.cli.clients;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The form of every command's errors on standard error: {@code error: } and a sentence. */
public final class ErrorLine {

  /** Prints an error of a command. */
  public static void print(CommandSpec command, String message) {
    print(command.commandLine(), message);
  }

  public static void print(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println(of(message));
    err.flush();
  }

  /** The line without its end. */
  public static String of(String message) {
    return "error: " + message;
  }

  private ErrorLine() {}
}
