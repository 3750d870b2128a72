package io.embeddingexport.cli.inputs;

import io.embeddingexport.cli.trial.MessageTrial;
import io.embeddingexport.cli.trial.Tried;
import io.embeddingexport.cli.trial.Tried.Decoded;
import io.embeddingexport.cli.trial.Tried.Deleted;
import io.embeddingexport.cli.trial.Tried.Refused;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.types.Envelope;
import java.io.PrintWriter;
import java.util.List;

/** Prints what messages become, and counts it. Not thread-safe. */
final class TrialReport {
  private final PrintWriter out;
  private final boolean onlyRefused;
  private final int most;
  private int events;
  private int records;
  private int deletions;
  private int refused;
  private int printed;

  /**
   * @param onlyRefused whether to print nothing of the good ones
   * @param most lines that are printed
   */
  TrialReport(PrintWriter out, boolean onlyRefused, int most) {
    this.out = out;
    this.onlyRefused = onlyRefused;
    this.most = most;
  }

  /** Tries messages and prints a line for each, or for each of its items. */
  void add(MessageTrial trial, List<Envelope> messages) {
    for (Envelope message : messages) {
      String position = Origin.input(message.topic(), message.partition(), message.offset());
      List<Tried> items = trial.run(message);
      for (int i = 0; i < items.size(); i++) {
        add(items.size() == 1 ? position : position + "#" + i, items.get(i));
      }
    }
  }

  private void add(String position, Tried tried) {
    if (tried instanceof Decoded decoded) {
      events++;
      records += decoded.record() == null ? 0 : 1;
    } else if (tried instanceof Deleted) {
      deletions++;
    } else {
      refused++;
    }
    if ((tried instanceof Refused || !onlyRefused) && printed++ < most) {
      out.println("  " + position + ": " + tried);
    }
  }

  boolean isGood() {
    return refused == 0;
  }

  /** How many there were of each kind. */
  String summary() {
    return (records == 0 && events > 0 ? "events: " + events : "records: " + records)
        + ", deletions: "
        + deletions
        + ", rejected: "
        + refused;
  }
}
