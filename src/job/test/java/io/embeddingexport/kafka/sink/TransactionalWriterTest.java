package io.embeddingexport.kafka.sink;

import static io.embeddingexport.kafka.sink.SinkFixture.MARKER;
import static io.embeddingexport.kafka.sink.SinkFixture.P0;
import static io.embeddingexport.kafka.sink.SinkFixture.P1;
import static io.embeddingexport.kafka.sink.SinkFixture.message;
import static io.embeddingexport.kafka.sink.SinkFixture.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.sink.RecordingProducers.Recording;
import io.embeddingexport.kafka.sink.RecordingProducers.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class TransactionalWriterTest {
  private final RecordingProducers producers = new RecordingProducers();
  private final Positions positions = new Positions();
  private long nanos;
  private final ProducerRing ring = new ProducerRing(producers);
  private final TransactionalWriter writer =
      new TransactionalWriter(
          ring, positions, new ConsumerGroupMetadata(RecordingProducers.GROUP), () -> nanos);

  private int written;

  TransactionalWriterTest() {
    positions.start(start(P0, 0));
    positions.start(start(P1, 7));
    writer.open();
  }

  /** Input n of P0 becomes message n. */
  private void writeNext() {
    writer.write(message(written));
    written++;
    positions.move(P0.topic(), P0.partition(), written);
  }

  @Test
  void messagesAndPositionsOfACheckpointAreOneTransaction() {
    writeNext();
    writeNext();
    writer.prepare(1);
    writeNext();
    writer.commit(1);

    assertThat(producers.committed)
        .singleElement()
        .satisfies(
            transaction -> {
              assertThat(transaction.messages()).containsExactly(0, 1);
              assertThat(transaction.next(P0)).as("at the barrier").isEqualTo(2);
              assertThat(transaction.next(P1)).as("of every partition").isEqualTo(7);
            });
  }

  @Test
  void nothingIsCommittedBeforeItsCheckpointIsComplete() {
    writeNext();
    writer.commit(1);
    writer.prepare(2);
    writer.commit(1);

    assertThat(producers.committed).isEmpty();
  }

  @Test
  void commitsHappenInTheOrderOfCheckpoints() {
    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
      writeNext();
      writer.prepare(checkpoint);
    }
    writer.commit(3);

    assertThat(producers.committed)
        .extracting(Transaction::messages)
        .containsExactly(List.of(0), List.of(1), List.of(2));
  }

  @Test
  void aFailedCommitLetsNothingLaterCommit() {
    for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
      writeNext();
      writer.prepare(checkpoint);
    }
    writer.commit(1);
    producers.failCommits("the transaction has timed out");

    assertThatThrownBy(() -> writer.commit(3))
        .isInstanceOf(FlinkRuntimeException.class)
        .hasMessage(
            "the transaction of checkpoint 2 was not committed: the transaction has timed out; the"
                + " job goes back to its last position, and reads its inputs again");
    assertThatThrownBy(() -> writer.commit(3)).hasMessageContaining("checkpoint 2");
    assertThat(producers.committed).hasSize(1);
  }

  @Test
  void twoIdsSufficeWhenEachCheckpointIsCommittedBeforeTheNextIsPrepared() {
    for (int checkpoint = 1; checkpoint <= 10; checkpoint++) {
      writeNext();
      writer.prepare(checkpoint);
      writeNext();
      writer.commit(checkpoint);
    }

    assertThat(ring.size()).isEqualTo(2);
    assertThat(producers.committed)
        .extracting(Transaction::id)
        .containsExactly(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
  }

  @Test
  void eachCheckpointThatStaysUncommittedTakesOneIdMoreAndTheyAreUsedAgain() {
    for (int checkpoint = 1; checkpoint <= 4; checkpoint++) {
      writeNext();
      writer.prepare(checkpoint);
    }
    writeNext();
    assertThat(ring.size()).isEqualTo(5);

    writer.commit(4);
    for (int checkpoint = 5; checkpoint <= 20; checkpoint++) {
      writer.prepare(checkpoint);
      writeNext();
      writer.commit(checkpoint);
    }
    assertThat(ring.size()).isEqualTo(5);
  }

  @Test
  void positionsSayHowManyIdsTheSlotUses() {
    writeNext();
    writer.prepare(1);
    writeNext();
    writer.prepare(2);
    writer.commit(2);

    assertThat(producers.committed)
        .extracting(transaction -> marker(transaction).ids())
        .containsExactly(1, 2);
    assertThat(marker(producers.committed.get(0)).withIds(0)).isEqualTo(MARKER);
  }

  private static PositionMarker marker(Transaction transaction) {
    return PositionMarker.parse(transaction.positions().get(P1).metadata());
  }

  @Test
  void whereNothingMovedThereIsNoTransaction() {
    writer.prepare(1);
    writer.commit(1);
    assertThat(producers.committed).isEmpty();

    writeNext();
    writer.prepare(2);
    writer.prepare(3);
    writer.commit(3);
    assertThat(producers.committed).hasSize(1);
    assertThat(ring.size()).isEqualTo(1);
  }

  @Test
  void aPositionThatMovedWithoutAMessageIsATransaction() {
    positions.move(P1.topic(), P1.partition(), 9);
    writer.prepare(1);
    writer.commit(1);

    assertThat(producers.committed).singleElement().extracting(t -> t.next(P1)).isEqualTo(9L);
  }

  @Test
  void idleForADayThereIsATransactionOfPositionsAlone() {
    nanos += Duration.ofDays(1).toNanos() - 1;
    writer.prepare(1);
    writer.commit(1);
    assertThat(producers.committed).isEmpty();

    nanos += 1;
    writer.prepare(2);
    writer.prepare(3);
    writer.commit(3);
    assertThat(producers.committed)
        .singleElement()
        .satisfies(
            transaction -> {
              assertThat(transaction.messages()).isEmpty();
              assertThat(transaction.positions()).containsOnlyKeys(P0, P1);
            });
  }

  @Test
  void aMessageThatCannotBeWrittenFailsTheCheckpoint() {
    writeNext();
    Recording producer = producers.all.get(0);
    producer.sendException = new KafkaException("too large");
    assertThatThrownBy(this::writeNext).hasMessage("too large");

    // As the producer's thread says it, later.
    producer.sendException = null;
    SendFailure failure = new SendFailure();
    failure.onCompletion(null, new KafkaException("no leader"));
    failure.onCompletion(null, new KafkaException("closed"));
    assertThatThrownBy(failure::rethrow)
        .isInstanceOf(FlinkRuntimeException.class)
        .hasMessage(
            "a message could not be written: no leader; the job goes back to its last position");
  }

  @Test
  void aProducerOfThisSlotIsThereAsSoonAsTheWriterIsOpenAndOnlyOnce() {
    writer.open();

    assertThat(producers.all).hasSize(1);
    assertThat(producers.all.get(0).transactionInitialized()).as("whoever was before").isTrue();
    assertThat(producers.all.get(0).transactionInFlight()).isTrue();
  }

  @Test
  void aCloseGivesUpWhatIsNotCommittedAtOnce() {
    writeNext();
    writer.prepare(1);
    writeNext();
    writer.close();

    assertThat(producers.committed).isEmpty();
    assertThat(producers.all)
        .hasSize(2)
        .allSatisfy(
            producer -> {
              assertThat(producer.closed()).isTrue();
              assertThat(producer.transactionAborted()).isFalse();
              assertThat(producer.closedWithin()).isZero();
            });
  }

  /** An input (-1), a barrier (-2), or the completion of the n-th checkpoint from the last. */
  @Provide
  Arbitrary<List<Integer>> histories() {
    return Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(-1)),
            Tuple.of(3, Arbitraries.just(-2)),
            Tuple.of(2, Arbitraries.integers().between(0, 2)))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void whatIsCommittedIsAlwaysEveryMessageBeforeThePositionOnceAndInOrder(
      @ForAll("histories") List<Integer> history) {
    // One per try: jqwik makes one instance of the class for all tries.
    new TransactionalWriterTest().run(history);
  }

  private void run(List<Integer> history) {
    int checkpoint = 0;
    long prepared = 0;
    int most = 0;
    List<Long> barriers = new ArrayList<>();
    List<Integer> waiting = new ArrayList<>();
    for (int step : history) {
      if (step == -1) {
        writeNext();
        // One is being written while those wait.
        most = Math.max(most, waiting.size() + 1);
      } else if (step == -2) {
        checkpoint++;
        writer.prepare(checkpoint);
        if (written > prepared) {
          prepared = written;
          barriers.add(prepared);
          waiting.add(checkpoint);
        }
      } else {
        int completed = checkpoint - step;
        writer.commit(completed);
        waiting.removeIf(number -> number <= completed);
      }
    }

    List<Integer> messages =
        producers.committed.stream().flatMap(t -> t.messages().stream()).toList();
    int commits = barriers.size() - waiting.size();
    assertThat(producers.committed)
        .extracting(transaction -> transaction.next(P0))
        .isEqualTo(barriers.subList(0, commits));
    long position = commits == 0 ? 0 : barriers.get(commits - 1);
    assertThat(messages).hasSize((int) position).isSorted().doesNotHaveDuplicates();
    assertThat(ring.size()).isEqualTo(Math.max(1, most));
  }
}
