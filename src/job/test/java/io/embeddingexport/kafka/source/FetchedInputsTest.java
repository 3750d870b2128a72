package io.embeddingexport.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FetchedInputsTest {
  private static final TopicPartition P0 = new TopicPartition("events", 0);
  private static final TopicPartition P1 = new TopicPartition("events", 1);
  private static final long NEVER = PartitionSplit.NEVER;

  private final FetchedInputs fetched = new FetchedInputs();

  private static List<ConsumerRecord<byte[], byte[]>> messages(
      TopicPartition partition, long... offsets) {
    return LongStream.of(offsets)
        .mapToObj(
            offset ->
                new ConsumerRecord<byte[], byte[]>(
                    partition.topic(), partition.partition(), offset, null, new byte[0]))
        .toList();
  }

  /** By split what comes of it: envelopes by where they stand, and then positions. */
  private List<String> emptied() {
    List<String> all = new ArrayList<>();
    for (String split = fetched.nextSplit(); split != null; split = fetched.nextSplit()) {
      all.add("split " + split);
      for (Input next = fetched.nextRecordFromSplit();
          next != null;
          next = fetched.nextRecordFromSplit()) {
        all.add((next instanceof Envelope ? "input " : "position ") + next);
      }
    }
    return all;
  }

  @Test
  void messagesComeInOrderAndThePositionIsThatBehindTheLast() {
    fetched.add(P0, messages(P0, 5, 6), 7, NEVER);

    assertThat(emptied()).containsExactly("split events-0", "input events-0@5", "input events-0@6");
    assertThat(fetched.finishedSplits()).isEmpty();
  }

  /** Such as the end of a transaction. */
  @Test
  void whereTheLastMessagesAreNoneThePositionComesAfterTheInputs() {
    fetched.add(P0, messages(P0, 5, 6), 8, NEVER);

    assertThat(emptied())
        .containsExactly(
            "split events-0", "input events-0@5", "input events-0@6", "position events-0@8");
  }

  /** Such as a transaction that was aborted. */
  @Test
  void aPollThatOnlyMovedThePositionSaysSo() {
    fetched.add(P0, List.of(), 12, NEVER);

    assertThat(emptied()).containsExactly("split events-0", "position events-0@12");
  }

  @Test
  void messagesFromTheStopOnAreLeftOutAndThePositionIsTheStop() {
    fetched.add(P0, messages(P0, 5, 6, 9, 10), 11, 9);

    assertThat(emptied())
        .containsExactly(
            "split events-0", "input events-0@5", "input events-0@6", "position events-0@9");
  }

  @Test
  void givenAStopRightBehindAMessageThenNoPositionIsNeeded() {
    fetched.add(P0, messages(P0, 5, 6, 7), 8, 7);

    assertThat(emptied()).containsExactly("split events-0", "input events-0@5", "input events-0@6");
  }

  @Test
  void givenNoMessageBeforeTheStopThenThePositionIsTheStop() {
    fetched.add(P0, messages(P0, 9, 10), 11, 7);

    assertThat(emptied()).containsExactly("split events-0", "position events-0@7");
  }

  @Test
  void aStartComesAloneAndFirst() {
    fetched.addStart(new PartitionSplit(P1, 40, NEVER, FakeStarts.MARKER.text(), true, false));
    fetched.add(P0, messages(P0, 5), 6, NEVER);

    assertThat(emptied())
        .containsExactly(
            "split events-1", "position events-1@40", "split events-0", "input events-0@5");
  }

  @Test
  void partitionsComeOneAfterAnother() {
    fetched.add(P0, messages(P0, 5), 7, NEVER);
    fetched.add(P1, messages(P1, 8), 9, NEVER);
    fetched.finish("events-1");

    assertThat(emptied())
        .containsExactly(
            "split events-0",
            "input events-0@5",
            "position events-0@7",
            "split events-1",
            "input events-1@8");
    assertThat(fetched.finishedSplits()).containsExactly("events-1");
  }

  @Test
  void nothingFetchedIsNoSplit() {
    assertThat(fetched.nextSplit()).isNull();
    assertThat(fetched.nextRecordFromSplit()).isNull();
    assertThat(fetched.nextSplit()).isNull();
  }
}
