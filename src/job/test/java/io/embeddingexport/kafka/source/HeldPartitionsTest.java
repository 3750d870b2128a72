package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class HeldPartitionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("events", 3);

  private final List<TopicPartition> asked = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5;
  private final HeldPartitions held =
      new HeldPartitions(
          partition -> {
            asked.add(partition);
            return "the transaction of x";
          },
          () -> nanos);

  private void after(Duration duration) {
    nanos += duration.toNanos();
    held.held(PARTITION, 40, 50);
  }

  @Test
  void aPartitionThatIsHeldForLongIsWarnedOfNowAndThen() {
    after(Duration.ZERO);
    after(HeldPartitions.PATIENCE.minusMillis(1));
    assertThat(asked).isEmpty();

    after(Duration.ofMillis(1));
    after(HeldPartitions.PERIOD.minusMillis(1));
    assertThat(asked).containsExactly(PARTITION);

    after(Duration.ofMillis(1));
    assertThat(asked).hasSize(2);
  }

  @Test
  void aPartitionThatGoesOnIsNot() {
    after(Duration.ZERO);
    held.free(PARTITION);
    after(HeldPartitions.PATIENCE);

    assertThat(asked).isEmpty();
  }
}
