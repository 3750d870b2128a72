package io.embeddingexport.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicEndsTest {
  private static final Duration NO_WAIT = Duration.ZERO;
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final TopicPartition P1 = new TopicPartition("t", 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final TopicEnds ends = new TopicEnds(consumer, Map.of(P1, 6L, P0, 9L));

  TopicEndsTest() {
    consumer.assign(List.of(P0, P1));
    consumer.seek(P0, 4);
    consumer.seek(P1, 5);
  }

  @Test
  void theEndsShouldBeReachedOnceEachPartitionIsAtItsEndOrPastIt() {
    assertThat(ends.areReached(NO_WAIT)).isFalse();
    consumer.seek(P0, 9);
    assertThat(ends.areReached(NO_WAIT)).isFalse();
    consumer.seek(P1, 8);
    assertThat(ends.areReached(NO_WAIT)).isTrue();
  }

  @Test
  void aReachedEndShouldStayReached() {
    consumer.seek(P0, 9);
    assertThat(ends.areReached(NO_WAIT)).isFalse();
    consumer.seek(P0, 0);
    consumer.seek(P1, 6);

    assertThat(ends.areReached(NO_WAIT)).isTrue();
  }

  @Test
  void partitionsWithoutAnOffsetShouldBeAtTheirEnds() {
    assertThat(new TopicEnds(consumer, Map.of(P0, 4L)).areReached(NO_WAIT)).isTrue();
  }

  @Test
  void theProgressShouldNameTheLeftPartitionsInOrder() {
    assertThat(ends.progress())
        .isEqualTo("t-0 is read to no offset of 9, t-1 is read to no offset of 6");
    ends.areReached(NO_WAIT);
    assertThat(ends.progress())
        .isEqualTo("t-0 is read to offset 4 of 9, t-1 is read to offset 5 of 6");
    consumer.seek(P0, 9);
    ends.areReached(NO_WAIT);
    assertThat(ends.progress()).isEqualTo("t-1 is read to offset 5 of 6");
  }
}
