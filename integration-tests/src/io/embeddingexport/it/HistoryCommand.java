package io.embeddingexport.it;

import io.embeddingexport.local.TemporaryDirectory;
import java.time.Duration;
import java.time.Instant;

/**
 * Runs histories from a seed on, one after another, until one fails.
 *
 * <pre>
 * HistoryCommand FIRST-SEED COUNT STEPS
 * </pre>
 */
final class HistoryCommand {

  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[0]);
    int count = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    int failed = 0;
    try (HistoryBroker broker = HistoryBroker.start()) {
      for (long seed = first; seed < first + count; seed++) {
        Instant start = Instant.now();
        TemporaryDirectory directory = TemporaryDirectory.create("history-");
        try {
          broker.run(seed, steps, directory.path());
          System.out.printf(
              "seed %d: ok in %d s%n", seed, Duration.between(start, Instant.now()).toSeconds());
        } catch (AssertionError e) {
          failed++;
          System.out.printf("seed %d: FAILED%n", seed);
          e.printStackTrace(System.out);
        } finally {
          directory.delete();
        }
      }
    }
    System.out.printf("%d passed, %d failed%n", count - failed, failed);
    System.exit(failed == 0 ? 0 : 1);
  }

  private HistoryCommand() {}
}
