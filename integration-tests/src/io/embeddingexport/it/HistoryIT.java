package io.embeddingexport.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of chance ({@link History}). A failed one names its seed and its steps; {@link
 * HistoryCommand} runs it again, or many.
 */
class HistoryIT {
  private static final int HISTORIES = 12;
  private static final int STEPS = 5;

  private static HistoryBroker broker;

  @BeforeAll
  static void start() {
    broker = HistoryBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 1; seed <= HISTORIES; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverHappensToAJobEveryInputComesOutOnce(long seed, @TempDir Path directory)
      throws Exception {
    broker.run(seed, STEPS, directory);
  }
}
