package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.AffectedClients;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigChange;
import io.embeddingexport.keys.TensorChange;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints comparisons: a line for each model, and below it one for each change. */
final class ComparisonText {
  /** A longer change is not padded: its remark follows it directly. */
  private static final int WIDEST = 64;

  private final PrintWriter out;

  ComparisonText(PrintWriter out) {
    this.out = out;
  }

  void print(Comparison comparison) {
    out.println(comparison.title());
    if (comparison.isUnchanged()) {
      return;
    }
    if (!(comparison.live() instanceof KeyConfig)) {
      printTensors(comparison.config());
      return;
    }
    List<KeyConfigChange> changes = comparison.changes();
    if (changes.isEmpty()) {
      out.println("  only the version differs");
    }
    int width =
        Math.min(
            WIDEST, changes.stream().mapToInt(change -> change.text().length()).max().orElse(0));
    for (KeyConfigChange change : changes) {
      String text = change.text();
      String gap = " ".repeat(Math.max(0, width - text.length()));
      out.println(
          "  "
              + sign(change)
              + " "
              + text
              + (change.affects().isEmpty() ? "" : gap + "  affects " + parties(change)));
    }
  }

  private void printTensors(KeyConfig config) {
    List<KeyConfigChange> tensors = new ArrayList<>();
    config.keys().forEach(spec -> tensors.add(new TensorChange.Added(tensors.size(), spec)));
    tensors.forEach(tensor -> out.println("  + " + tensor.text()));
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
}
