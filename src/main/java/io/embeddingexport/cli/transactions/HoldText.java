package io.embeddingexport.cli.transactions;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.kafka.transactions.LsoStatus;
import io.embeddingexport.kafka.transactions.Transaction;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Prints where readers of committed records stop, one row per partition. */
final class HoldText {
  private final PrintWriter out;

  HoldText(PrintWriter out) {
    this.out = out;
  }

  /** Prints the partitions of several transactions, each once. */
  void print(Collection<Transaction> transactions) {
    Map<TopicPartition, LsoStatus> holds = new LinkedHashMap<>();
    transactions.stream()
        .flatMap(transaction -> transaction.partitions().stream())
        .forEach(hold -> holds.putIfAbsent(hold.partition(), hold));
    if (!holds.isEmpty()) {
      TextTable table =
          new TextTable(
              Set.of(1, 2, 3), "PARTITION", "READERS STOP AT", "END", "HELD BACK", "HELD BACK BY");
      for (LsoStatus hold : holds.values()) {
        table.row(
            hold.partition().toString(),
            number(hold.lastStableOffset()),
            number(hold.highWatermark()),
            number(hold.heldBack()),
            holder(hold));
      }
      out.println();
      table.print("", out);
      reasons(holds.values());
    }
  }

  /** Prints the partitions of one transaction, and where it began in each. */
  void print(Transaction transaction) {
    if (!transaction.partitions().isEmpty()) {
      TextTable table =
          new TextTable(
              Set.of(1, 2, 3, 4),
              "PARTITION",
              "BEGAN AT",
              "READERS STOP AT",
              "END",
              "HELD BACK",
              "HELD BACK BY");
      for (LsoStatus hold : transaction.partitions()) {
        table.row(
            hold.partition().toString(),
            hold.unknown() == null && hold.start() == null ? "-" : number(hold.start()),
            number(hold.lastStableOffset()),
            number(hold.highWatermark()),
            number(hold.heldBack()),
            hold.isHeldBy(transaction) ? "this one" : holder(hold));
      }
      table.print("", out);
      reasons(transaction.partitions());
    }
  }

  /** The transaction that holds it back, for a cell or a sentence. */
  static String holder(LsoStatus hold) {
    LsoStatus.BlockingTransaction holder = hold.blockingTransaction();
    if (holder == null) {
      return hold.unknown() == null ? "-" : "?";
    }
    return holder.id() == null
        ? "producer " + holder.producerId() + " (its id is hidden, or it hangs)"
        : SafeText.of(holder.id());
  }

  static String number(@Nullable Long number) {
    return number == null ? "?" : Long.toString(number);
  }

  private void reasons(Collection<LsoStatus> holds) {
    holds.stream()
        .map(LsoStatus::unknown)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(reason -> out.println("?: " + reason));
  }
}
