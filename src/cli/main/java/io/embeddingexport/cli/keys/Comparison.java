package io.embeddingexport.cli.keys;

import io.embeddingexport.keys.AffectedClients;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigChange;
import io.embeddingexport.keys.KeyConfigDifference;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.ModelState;
import io.embeddingexport.keys.TensorChange;
import io.embeddingexport.text.SafeText;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key config compared with its model's state on the topic.
 *
 * @param live null if the model is unknown
 */
record Comparison(KeyConfig config, @Nullable ModelState live) {
  /** A longer change is not padded: its remark follows it directly. */
  private static final int WIDEST = 64;

  /** Whether publishing it would change nothing. */
  boolean isUnchanged() {
    return config.equals(live);
  }

  /** Reason jobs would ignore it; null if they would not. */
  @Nullable String refusal() {
    if (isUnchanged() || live == null || new Publish(config).over(live) != null) {
      return null;
    }
    return "model %s: version %d is not greater than %d, %s; the next free version is %d"
        .formatted(
            SafeText.quoted(config.model()),
            config.version(),
            live.version(),
            live instanceof KeyConfig ? "which is live" : "at which the model was retired",
            live.version() + 1);
  }

  /** Differences from the live config; empty if there is none. */
  List<KeyConfigChange> changes() {
    return live instanceof KeyConfig before
        ? KeyConfigDifference.between(before, config)
        : List.of();
  }

  /** One line: the model and the versions. */
  String title() {
    String model = SafeText.of(config.model()) + ": ";
    if (isUnchanged()) {
      return model + "version " + config.version() + ", unchanged";
    }
    if (live == null) {
      return model + "version " + config.version() + ", a new model";
    }
    return live instanceof KeyConfig
        ? model + "version " + live.version() + " → " + config.version()
        : model + "version " + config.version() + ", retired at version " + live.version();
  }

  /** Prints a line for the model, and below it one for each change. */
  void print(PrintWriter out) {
    out.println(title());
    if (isUnchanged()) {
      return;
    }
    if (!(live() instanceof KeyConfig)) {
      int position = 0;
      for (var spec : config().keys()) {
        out.println("  + " + new TensorChange.Added(position++, spec).text());
      }
      return;
    }
    List<KeyConfigChange> changes = changes();
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
}
