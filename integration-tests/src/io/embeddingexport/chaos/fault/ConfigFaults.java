package io.embeddingexport.chaos.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What happens on the topic of key configs. */
final class ConfigFaults {
  private ConfigFaults() {}

  static Fault storm(RandomGenerator random) {
    return new Storm(random.nextInt(20, 201), random.nextBoolean());
  }

  static Fault reset(RandomGenerator random) {
    return new Reset(random.nextInt(3_000, 8_001), random.nextBoolean());
  }

  private record Storm(int versions, boolean junk) implements Fault {
    @Override
    public FaultClass kind() {
      return FaultClass.CONFIG_STORM;
    }

    @Override
    public void happen(Stage stage) {
      stage.configs().storm(versions);
      if (junk) {
        stage.configs().junk();
        stage.configs().storm(1);
      }
    }

    @Override
    public String toString() {
      return versions + " versions of each key config" + (junk ? ", and junk" : "");
    }
  }

  /** Versions must not fall while only older ones are there. */
  private record Reset(int millis, boolean junk) implements Fault {
    @Override
    public FaultClass kind() {
      return FaultClass.CONFIG_TOPIC_RESET;
    }

    @Override
    public void happen(Stage stage) throws InterruptedException {
      try {
        stage.configs().reset();
        if (junk) {
          stage.configs().junk();
        }
        stage.hold(Duration.ofMillis(millis));
      } finally {
        // A start without state knows no other versions than the topic's.
        stage.configs().storm(1);
      }
    }

    @Override
    public String toString() {
      return "the key-config topic is created anew with older versions"
          + (junk ? ", and junk" : "")
          + ", and new ones after "
          + Chance.text(Duration.ofMillis(millis));
    }
  }
}
