package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.transactions.AbortOutcome;
import io.embeddingexport.kafka.transactions.LsoStatus;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.text.DurationText;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Prints transactions for people, and where readers of committed records stop because of them. */
final class TransactionText {
  private static final String HIDDEN =
      "it has written nothing, or its topics are hidden; to see them it needs READ on its topics";

  private final PrintWriter out;
  private final Instant now;

  TransactionText(PrintWriter out, Instant now) {
    this.out = out;
    this.now = now;
  }

  /** Prints a row each, and below them the partitions they wrote to, each once. */
  void table(List<Transaction> transactions) {
    new TextTable<Transaction>()
        .column("TRANSACTIONAL ID", one -> SafeText.of(one.id()))
        .column("STATE", Transaction::state)
        .column("OPEN FOR", one -> DurationText.of(one.age(now)))
        .column("TIMEOUT", one -> DurationText.of(one.timeout()))
        .number("PRODUCER", Transaction::producerId)
        .number("EPOCH", Transaction::producerEpoch)
        .number("BROKER", Transaction::coordinator)
        .number("PARTITIONS", one -> one.partitions().size())
        .number("HOLDS BACK", TransactionText::held)
        .print("", transactions, out);
    transactions.forEach(this::sayHidden);
    Map<TopicPartition, LsoStatus> holds = new LinkedHashMap<>();
    transactions.stream()
        .flatMap(transaction -> transaction.partitions().stream())
        .forEach(hold -> holds.putIfAbsent(hold.partition(), hold));
    if (!holds.isEmpty()) {
      out.println();
      print(
          new TextTable<LsoStatus>().column("PARTITION", LsoStatus::partition),
          TransactionText::holder,
          holds.values());
    }
  }

  /** Prints all details of each. */
  void details(List<Transaction> transactions) {
    for (Transaction transaction : transactions) {
      if (transaction != transactions.get(0)) {
        out.println();
      }
      details(transaction);
    }
  }

  private void details(Transaction transaction) {
    Instant started = transaction.started();
    String timeout = DurationText.of(transaction.timeout());
    out.println("transactional id  " + SafeText.of(transaction.id()));
    out.println("state             " + transaction.state());
    if (started != null) {
      String age = DurationText.of(transaction.age(now));
      out.println("open for          " + age + ", since " + started);
      timeout += ", so the broker aborts it after " + started.plus(transaction.timeout());
    }
    out.println("timeout           " + timeout);
    out.println(
        "producer          id %d, epoch %d"
            .formatted(transaction.producerId(), transaction.producerEpoch()));
    out.println("coordinator       broker " + transaction.coordinator());
    if (!transaction.partitions().isEmpty()) {
      print(
          new TextTable<LsoStatus>()
              .column("PARTITION", LsoStatus::partition)
              .number(
                  "BEGAN AT",
                  hold ->
                      hold.unknown() == null && hold.start() == null ? "-" : number(hold.start())),
          hold -> hold.isHeldBy(transaction) ? "this one" : holder(hold),
          transaction.partitions());
    }
    sayHidden(transaction);
  }

  /** Brokers leave out the partitions of topics that may not be described. */
  private void sayHidden(Transaction transaction) {
    if (hides(transaction)) {
      out.println("?: " + SafeText.of(transaction.id()) + ": " + HIDDEN);
    }
  }

  private static boolean hides(Transaction transaction) {
    return transaction.isOpen() && transaction.partitions().isEmpty();
  }

  private void print(
      TextTable<LsoStatus> table, TextTable.Cell<LsoStatus> holder, Collection<LsoStatus> holds) {
    table
        .number("READERS STOP AT", hold -> number(hold.lastStableOffset()))
        .number("END", hold -> number(hold.highWatermark()))
        .number("HELD BACK", hold -> number(hold.heldBack()))
        .column("HELD BACK BY", holder)
        .print("", List.copyOf(holds), out);
    holds.stream()
        .map(LsoStatus::unknown)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(reason -> out.println("?: " + reason));
  }

  /** Prints the outcome of an abort, and how far readers get now. */
  void outcome(Transaction transaction, AbortOutcome outcome, Duration patience) {
    if (outcome instanceof AbortOutcome.Aborted aborted) {
      out.println("aborted: " + transaction.id());
      for (LsoStatus hold : aborted.partitions()) {
        out.println("  " + hold.partition() + ": " + position(hold));
      }
      if (hides(transaction)) {
        out.println("  how far readers get is unknown: " + HIDDEN);
      } else if (!aborted.released()) {
        out.println(
            "  readers did not pass it within %s; check again: transactions list --all"
                .formatted(DurationText.of(patience)));
      }
    } else if (outcome instanceof AbortOutcome.NotAborted left) {
      Transaction found = left.now();
      out.println(
          "left: "
              + transaction.id()
              + (found == null
                  ? " is gone"
                  : found.isSameAs(transaction)
                      ? " is " + found.state() + ": its coordinator is ending it"
                      : " has ended in the meantime; its state is " + found.state()));
    }
  }

  private static String position(LsoStatus hold) {
    String stop =
        "readers reach %s of %s"
            .formatted(number(hold.lastStableOffset()), number(hold.highWatermark()));
    return Objects.equals(hold.lastStableOffset(), hold.highWatermark())
            || hold.blockingTransaction() == null
        ? stop
        : stop + ", held back by " + holder(hold);
  }

  /** Number of partitions that wait for this transaction alone. */
  private static String held(Transaction transaction) {
    long held =
        transaction.partitions().stream().filter(hold -> hold.isHeldBy(transaction)).count();
    boolean unknown = transaction.partitions().stream().anyMatch(hold -> hold.unknown() != null);
    return unknown && held == 0 ? "?" : Long.toString(held);
  }

  /** The transaction that holds it back, for a cell or a sentence. */
  private static String holder(LsoStatus hold) {
    LsoStatus.BlockingTransaction holder = hold.blockingTransaction();
    if (holder == null) {
      return hold.unknown() == null ? "-" : "?";
    }
    return holder.id() == null
        ? "producer " + holder.producerId() + " (its id is hidden, or it hangs)"
        : SafeText.of(holder.id());
  }

  private static String number(@Nullable Long number) {
    return number == null ? "?" : Long.toString(number);
  }
}
