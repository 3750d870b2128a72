package io.embeddingexport.cli.transactions;

import java.io.PrintWriter;

/** What one must know before aborting a sink's transaction. */
final class AbortWarning {

  /**
   * Always said: whether a completed checkpoint counts on a transaction stands in the checkpoint,
   * and the broker knows nothing of it.
   */
  static void print(PrintWriter err) {
    err.println(
        """
        warning: an aborted transaction's records are lost for good if a completed checkpoint or savepoint
        counts on them, and the broker cannot tell. Choose by what becomes of the job:
          it runs           leave it: it commits or aborts its own. An abort makes its commit fail, and loses records.
          it will go on     restore it from its last checkpoint or savepoint within the timeout; that commits
                            what the checkpoint counts on and aborts the rest. Then look again.
          it will not, or   abort. To lose nothing, start it where its visible output ends, not at the group's
          starts afresh     offsets, which may be ahead (docs/transactions.md).""");
    err.flush();
  }

  private AbortWarning() {}
}
