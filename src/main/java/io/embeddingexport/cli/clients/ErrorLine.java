package io.embeddingexport.cli.clients;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** How every command says what is wrong: {@code error: }, and a sentence, on standard error. */
public final class ErrorLine {

  /** Prints it for a command. */
  public static void print(CommandSpec command, String message) {
    print(command.commandLine(), message);
  }

  public static void print(CommandLine command, String message) {
    PrintWriter err = command.getErr();
    err.println(of(message));
    err.flush();
  }

  /** As it is printed. */
  public static String of(String message) {
    return "error: " + message;
  }

  private ErrorLine() {}
}
