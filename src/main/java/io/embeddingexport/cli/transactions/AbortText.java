package io.embeddingexport.cli.transactions;

import io.embeddingexport.kafka.transactions.AbortOutcome;
import io.embeddingexport.kafka.transactions.LsoStatus;
import io.embeddingexport.kafka.transactions.Transaction;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;

/** Prints the outcome of an abort, and how far readers get now. */
final class AbortText {
  private final PrintWriter out;

  AbortText(PrintWriter out) {
    this.out = out;
  }

  void print(Transaction transaction, AbortOutcome outcome, Duration patience) {
    if (outcome instanceof AbortOutcome.Aborted aborted) {
      out.println("aborted: " + transaction.id());
      for (LsoStatus hold : aborted.partitions()) {
        out.println("  " + hold.partition() + ": " + position(hold));
      }
      if (!aborted.released()) {
        out.println(
            "  readers did not pass it within "
                + DurationText.of(patience)
                + "; check again: transactions list --all");
      }
    } else if (outcome instanceof AbortOutcome.NotAborted left) {
      Transaction now = left.now();
      out.println(
          "left: "
              + transaction.id()
              + (now == null
                  ? " is gone"
                  : now.isSameAs(transaction)
                      ? " is " + now.state() + ": its coordinator is ending it"
                      : " has ended in the meantime; its state is " + now.state()));
    }
    out.flush();
  }

  private static String position(LsoStatus hold) {
    String stop =
        "readers reach "
            + HoldText.number(hold.lastStableOffset())
            + " of "
            + HoldText.number(hold.highWatermark());
    if (Objects.equals(hold.lastStableOffset(), hold.highWatermark())
        || hold.blockingTransaction() == null) {
      return stop;
    }
    return stop + ", held back by " + HoldText.holder(hold);
  }
}
