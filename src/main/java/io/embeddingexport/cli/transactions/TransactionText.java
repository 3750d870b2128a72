package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Prints transactions for people. */
final class TransactionText {
  private final PrintWriter out;
  private final Instant now;

  TransactionText(PrintWriter out, Instant now) {
    this.out = out;
    this.now = now;
  }

  /** Prints a row each, and the partitions they wrote to below. */
  void table(List<Transaction> transactions) {
    TextTable table =
        new TextTable(
            Set.of(4, 5, 6, 7, 8),
            "TRANSACTIONAL ID",
            "STATE",
            "OPEN FOR",
            "TIMEOUT",
            "PRODUCER",
            "EPOCH",
            "BROKER",
            "PARTITIONS",
            "HOLDS BACK");
    for (Transaction transaction : transactions) {
      table.row(
          SafeText.of(transaction.id()),
          transaction.state().toString(),
          DurationText.of(transaction.age(now)),
          DurationText.of(transaction.timeout()),
          Long.toString(transaction.producerId()),
          Integer.toString(transaction.producerEpoch()),
          Integer.toString(transaction.coordinator()),
          Integer.toString(transaction.partitions().size()),
          held(transaction));
    }
    table.print("", out);
    new HoldText(out).print(transactions);
  }

  /** Prints all details of one. */
  void details(Transaction transaction) {
    out.println("transactional id  " + SafeText.of(transaction.id()));
    out.println("state             " + transaction.state());
    Duration age = transaction.age(now);
    Instant started = transaction.started();
    if (started != null) {
      out.println("open for          " + DurationText.of(age) + ", since " + started);
    }
    out.println(
        "timeout           "
            + DurationText.of(transaction.timeout())
            + (started == null
                ? ""
                : ", so the broker aborts it after " + started.plus(transaction.timeout())));
    out.println(
        "producer          id "
            + transaction.producerId()
            + ", epoch "
            + transaction.producerEpoch());
    out.println("coordinator       broker " + transaction.coordinator());
    new HoldText(out).print(transaction);
  }

  /** Number of partitions that wait for this transaction alone. */
  private static String held(Transaction transaction) {
    long held =
        transaction.partitions().stream().filter(hold -> hold.isHeldBy(transaction)).count();
    boolean unknown = transaction.partitions().stream().anyMatch(hold -> hold.unknown() != null);
    return unknown && held == 0 ? "?" : Long.toString(held);
  }
}
