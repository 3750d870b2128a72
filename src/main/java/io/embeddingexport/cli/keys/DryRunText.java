package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.console.TextTable;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** Prints the result of a dry run. */
final class DryRunText {
  private final PrintWriter out;

  DryRunText(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param topics topics of the events
   */
  void print(DryRun dryRun, String topics) {
    out.println(String.format(Locale.ROOT, "the last %,d inputs of %s:", dryRun.inputs(), topics));
    for (DryRunTally tally : dryRun.tallies()) {
      print(tally);
    }
    long unknown = dryRun.withoutModel().events();
    if (unknown > 0) {
      out.println();
      out.println(
          String.format(
              Locale.ROOT, "inputs whose model is unknown, %,d, rejected as now", unknown));
      printReasons(dryRun.withoutModel());
    }
    if (dryRun.others() > 0) {
      out.println();
      out.println(
          String.format(Locale.ROOT, "of other models, or tombstones: %,d", dryRun.others()));
    }
  }

  private void print(DryRunTally tally) {
    KeyConfig config = tally.comparison().config();
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d events, rejected now: %,d, rejected under version %d: %,d",
            SafeText.of(config.model()),
            tally.events(),
            tally.rejectedLive(),
            config.version(),
            tally.rejectedNext()));
    printReasons(tally);
    ModelState live = tally.comparison().live();
    if (tally.superseded() > 0 && live != null) {
      out.println(
          String.format(
              Locale.ROOT,
              "  %,d events that are exported now name version %d: they would be superseded; make"
                  + " their senders name version %d, or none",
              tally.superseded(),
              live.version(),
              config.version()));
    }
  }

  private void printReasons(DryRunTally tally) {
    if (tally.reasons().isEmpty()) {
      return;
    }
    TextTable table = new TextTable(Set.of(1, 2), "REASON", "NOW", "THEN");
    tally
        .reasons()
        .forEach(
            (reason, count) ->
                table.row(
                    reason.label(),
                    String.format(Locale.ROOT, "%,d", count.live()),
                    String.format(Locale.ROOT, "%,d", count.next())));
    table.print("  ", out);
    tally.reasons().values().forEach(count -> out.println("  " + count.example()));
  }
}
