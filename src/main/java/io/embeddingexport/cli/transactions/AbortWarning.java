package io.embeddingexport.cli.transactions;

import java.io.PrintWriter;

/** The warning before a sink's transaction is aborted. */
final class AbortWarning {

  static void print(PrintWriter err) {
    err.println(
        """
        warning: the job whose transaction is aborted, if it runs, fails at its next commit, restarts and
        exports the inputs again: nothing is lost. A job that starts later ends such transactions itself.
        A transaction of any other program may be lost for good: ask its owner first.""");
    err.flush();
  }

  private AbortWarning() {}
}
