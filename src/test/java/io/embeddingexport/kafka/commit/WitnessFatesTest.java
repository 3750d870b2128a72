package io.embeddingexport.kafka.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.HeaderNames;
import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class WitnessFatesTest {
  private static final TopicPartition PARTITION = new TopicPartition("records", 1);
  private static final long PLACE = Transactions.WITNESS.offset();

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private boolean compacted;

  WitnessFatesTest() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 100L));
  }

  @Test
  void givenTheMessageStandsThereThenItWasCommitted() throws Exception {
    onFirstPoll(message(PLACE, "events:0:15"));
    assertThat(fate()).isInstanceOf(Committed.class);
  }

  @Test
  void givenADeadLetterStandsThereThenItWasCommitted() throws Exception {
    ConsumerRecord<byte[], byte[]> letter = message(PLACE, null);
    letter.headers().add(HeaderNames.TOPIC, "events".getBytes(UTF_8));
    letter.headers().add(HeaderNames.PARTITION, "0".getBytes(UTF_8));
    letter.headers().add(HeaderNames.OFFSET, "10".getBytes(UTF_8));
    onFirstPoll(letter);
    assertThat(fate()).isInstanceOf(Committed.class);
  }

  @Test
  void givenConsumersPassThePlaceByThenItWasAborted() throws Exception {
    onFirstPoll(message(PLACE + 3, "events:0:99"));
    assertThat(fate())
        .isEqualTo(new Aborted("nothing is visible at records partition 1 offset 40"));
  }

  @Test
  void givenTheTopicIsCompactedThenAnEmptyPlaceTellsNothing() throws Exception {
    compacted = true;
    onFirstPoll(message(PLACE + 3, "events:0:99"));
    assertThat(tried()).contains("which compaction can do as well");
  }

  @Test
  void givenAMessageOfAnotherInputStandsThereThenItTellsNothing() throws Exception {
    for (String source : new String[] {"events:0:20", "events:1:15", "other:0:15", "x", "a:b:c"}) {
      MockConsumer<byte[], byte[]> fresh = new MockConsumer<>("none");
      fresh.updateBeginningOffsets(Map.of(PARTITION, 0L));
      fresh.schedulePollTask(() -> fresh.addRecord(message(PLACE, source)));
      assertThat(
              new WitnessFates(() -> fresh, topic -> false, Duration.ofSeconds(5))
                  .of(Transactions.restored("a", 0)))
          .as(source)
          .isInstanceOf(Unknown.class);
    }
  }

  @Test
  void givenThePlaceIsNoLongerKeptThenItTellsNothing() throws Exception {
    consumer.updateBeginningOffsets(Map.of(PARTITION, PLACE + 1));
    assertThat(tried()).contains("is no longer kept; the topic begins at 41");
  }

  @Test
  void givenAnOpenTransactionHoldsConsumersBackThenItIsNotWaitedForEver() throws Exception {
    consumer.updateEndOffsets(Map.of(PARTITION, 12L));
    TransactionFate fate =
        new WitnessFates(() -> consumer, topic -> false, Duration.ZERO)
            .of(Transactions.restored("a", 0));
    assertThat(((Unanswered) fate).why())
        .contains("come no further than offset 12", "a transaction is still open");
  }

  @Test
  void givenTheBrokerIsAwayThenItCanBeToldLater() throws Exception {
    consumer.setPollException(new TimeoutException("no answer"));
    assertThat(fate()).isInstanceOf(Unanswered.class);
  }

  @Test
  void givenReadingIsNotAllowedThenThatIsSaid() throws Exception {
    consumer.setPollException(new KafkaException("Not authorized to access topics: [records]"));
    assertThat(tried()).contains("Not authorized to access topics");
    assertThat(consumer.closed()).isTrue();
  }

  private String tried() throws InterruptedException {
    return ((Unknown) fate()).tried();
  }

  private TransactionFate fate() throws InterruptedException {
    return new WitnessFates(() -> consumer, topic -> compacted, Duration.ofSeconds(5))
        .of(Transactions.restored("a", 0));
  }

  private void onFirstPoll(ConsumerRecord<byte[], byte[]> message) {
    consumer.schedulePollTask(() -> consumer.addRecord(message));
  }

  private static ConsumerRecord<byte[], byte[]> message(long offset, String source) {
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>("records", 1, offset, new byte[0], new byte[0]);
    if (source != null) {
      message.headers().add(HeaderNames.SOURCE, source.getBytes(UTF_8));
    }
    return message;
  }
}
