package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.AffectedClients;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigChange;
import io.embeddingexport.keys.TensorChange;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints comparisons: a line for each model, and below it one for each change. */
final class ComparisonText {
  /** A longer change is not padded: its remark follows it directly. */
  private static final int WIDEST = 64;

  static void print(Comparison comparison, PrintWriter out) {
    out.println(comparison.title());
    if (comparison.isUnchanged()) {
      return;
    }
    if (!(comparison.live() instanceof KeyConfig)) {
      int position = 0;
      for (var spec : comparison.config().keys()) {
        out.println("  + " + new TensorChange.Added(position++, spec).text());
      }
      return;
    }
    List<KeyConfigChange> changes = comparison.changes();
    if (changes.isEmpty()) {
      out.println("  only the version differs");
    }
    int longest = changes.stream().mapToInt(change -> change.text().length()).max().orElse(0);
    for (KeyConfigChange change : changes) {
      String text = change.text();
      String gap = " ".repeat(Math.max(0, Math.min(WIDEST, longest) - text.length()));
      String affects = change.affects().isEmpty() ? "" : gap + "  affects " + parties(change);
      out.println("  " + sign(change) + " " + text + affects);
    }
  }

  private static char sign(KeyConfigChange change) {
    return change instanceof TensorChange.Added
        ? '+'
        : change instanceof TensorChange.Removed ? '-' : '~';
  }

  private static String parties(KeyConfigChange change) {
    return change.affects().stream()
        .map(AffectedClients::toString)
        .collect(Collectors.joining(", "));
  }

  private ComparisonText() {}
}
