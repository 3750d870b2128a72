package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.job.checks.Finding.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerMemoryTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void aSmallJobShouldSayWhatItTakes() {
    // 2 slots, 8,640 checkpoints a day: 120,960 ids of 300 bytes, 17,280 times 2 of 230.
    assertThat(memory(2, 10, 2, 1, DAY).judge())
        .returns(Level.OK, Finding::level)
        .extracting(Finding::text)
        .asString()
        .isEqualTo(
            "44 MB of each broker's heap (1 broker) for 120,960 transactional ids in 7 days and"
                + " 17,280 producer ids in 1 day, these on 2 output replicas: 2 slots, a checkpoint"
                + " every 10 s");
  }

  @Test
  void producerIdsThatFillTheHeapShouldBeAWarningThatShortensThem() {
    // 64 slots, 64 partitions in 3 replicas: 24.4 GB, and 1.2 GB of transactional ids.
    assertThat(memory(64, 10, 192, 3, DAY).judge())
        .returns(Level.WARNING, Finding::level)
        .returns("set producer.id.expiration.ms to 3600000 on the brokers", Finding::remedy)
        .extracting(Finding::text)
        .asString()
        .contains("8,526 MB of each broker's heap (3 brokers)");
  }

  @Test
  void transactionalIdsThatFillItShouldBeAWarningThatShortensThem() {
    assertThat(memory(16, 1, 48, 3, HOUR).judge())
        .returns(Level.WARNING, Finding::level)
        .extracting(Finding::remedy)
        .asString()
        .contains("transactional.id.expiration.ms");
  }

  @Test
  void producerIdsThatAreShortAlreadyShouldNotBeToldToBeShorter() {
    assertThat(memory(1536, 10, 4608, 3, HOUR).judge())
        .returns(Level.WARNING, Finding::level)
        .extracting(Finding::remedy)
        .asString()
        .contains("checkpoints be rarer")
        .doesNotContain("expiration");
  }

  @Test
  void slotsWithoutAPartitionShouldNotCount() throws Exception {
    Fixture job = new Fixture(directory);
    assertThat(BrokerMemoryCheck.slots(job.subject(), job.topics())).isEqualTo(2);
    job.options.setString("flink.parallelism.default", "5");
    assertThat(BrokerMemoryCheck.slots(job.subject(), job.topics())).isEqualTo(2);
    job.options.setString("flink.parallelism.default", "1");
    assertThat(BrokerMemoryCheck.slots(job.subject(), job.topics())).isEqualTo(1);
  }

  @Test
  void defaultsThatWereNotSeenShouldBeCalledSo() {
    BrokerMemory unseen =
        new BrokerMemory(2, Duration.ofSeconds(10), 2, 1, Duration.ofDays(7), DAY, false);

    assertThat(unseen.judge().text()).contains("if the brokers keep them as by default");
    assertThat(memory(2, 10, 2, 1, DAY).judge().text()).doesNotContain("default");
  }

  private static BrokerMemory memory(
      int slots, int seconds, int outputReplicas, int brokers, Duration producerIds) {
    return new BrokerMemory(
        slots,
        Duration.ofSeconds(seconds),
        outputReplicas,
        brokers,
        Duration.ofDays(7),
        producerIds,
        true);
  }
}
