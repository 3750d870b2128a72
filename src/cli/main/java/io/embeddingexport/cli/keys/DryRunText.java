package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.cli.keys.DryRunTally.Count;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the result of a dry run. */
final class DryRunText {
  private final PrintWriter out;

  DryRunText(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param title says which inputs they are
   */
  void print(DryRun dryRun, String title) {
    out.println(title);
    dryRun.tallies().forEach(this::print);
    long unknown = dryRun.withoutModel().events();
    if (unknown > 0) {
      out.println();
      line("inputs whose model is unknown, %,d, rejected as now", unknown);
      printReasons(dryRun.withoutModel());
    }
    if (dryRun.others() > 0) {
      out.println();
      line("of other models, or tombstones: %,d", dryRun.others());
    }
  }

  private void print(DryRunTally tally) {
    KeyConfig config = tally.comparison().config();
    out.println();
    line(
        "%s: %,d events, rejected now: %,d, rejected under version %d: %,d",
        SafeText.of(config.model()),
        tally.events(),
        tally.rejectedLive(),
        config.version(),
        tally.rejectedNext());
    printReasons(tally);
    if (tally.newlyRejected() > 0) {
      line("  %,d events that are exported now would be rejected", tally.newlyRejected());
    }
    ModelState live = tally.comparison().live();
    if (tally.superseded() > 0 && live != null) {
      line(
          "  %,d events that are exported now name version %d: they would be superseded; make"
              + " their senders name version %d, or none",
          tally.superseded(), live.version(), config.version());
    }
  }

  private void printReasons(DryRunTally tally) {
    if (!tally.reasons().isEmpty()) {
      new TextTable<Map.Entry<RejectReason, Count>>()
          .column("REASON", entry -> entry.getKey().label())
          .number("NOW", entry -> number(entry.getValue().live()))
          .number("THEN", entry -> number(entry.getValue().next()))
          .print("  ", List.copyOf(tally.reasons().entrySet()), out);
      tally.reasons().values().forEach(count -> out.println("  " + count.example()));
    }
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
