package io.embeddingexport.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
  private static final TopicPartition P0 = new TopicPartition("t", 0);
  private static final Deadline LATER = Deadline.in(Duration.ofMinutes(1));

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final List<Long> offsets = new ArrayList<>();

  TopicFollowerTest() {
    consumer.assign(List.of(P0));
    consumer.seek(P0, 5);
    send(5, 6, 7);
    send(8);
    send(9, 10);
  }

  @Test
  void chosenMessagesShouldBePassedOnUntilThereAreEnough() {
    follow(message -> message.offset() % 2 == 1, LATER, 3);

    assertThat(offsets).containsExactly(5L, 7L, 9L);
  }

  @Test
  void givenFewerMessagesThenItShouldEndWithTheTime() {
    Deadline deadline = Deadline.in(Duration.ofMillis(100));

    follow(message -> true, deadline, 100);

    assertThat(offsets).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(deadline.isOver()).isTrue();
  }

  private void follow(
      Predicate<ConsumerRecord<byte[], byte[]>> filter, Deadline deadline, long most) {
    TopicFollower.follow(
        consumer, filter, deadline::isOver, most, message -> offsets.add(message.offset()));
  }

  /** Messages that come with one poll. */
  private void send(long... sent) {
    consumer.schedulePollTask(
        () -> {
          for (long offset : sent) {
            consumer.addRecord(new ConsumerRecord<>("t", 0, offset, new byte[0], new byte[0]));
          }
        });
  }
}
