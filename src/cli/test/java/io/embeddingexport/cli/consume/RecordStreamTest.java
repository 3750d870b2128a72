package io.embeddingexport.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Without brokers; {@code ConsumeIT} has them. */
class RecordStreamTest {
  private static final TopicPartition PARTITION = new TopicPartition("records", 0);

  /** A record without features. */
  private static final String EMPTY = "00";

  /** Discrete feature 7 = 1. */
  private static final String DISCRETE =
      "0d00030a0a00000001" + "0000000000000007" + "0000000000000001" + "00";

  private final Group kafka = new Group();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicBoolean stop = new AtomicBoolean();

  @Test
  void recordsAreWrittenInOrderAndTombstonesPassedOver() throws Exception {
    poll(EMPTY, null, DISCRETE);
    kafka.schedulePollTask(() -> stop.set(true));

    stream("ff").write(List.of("records"), 0, stop::get);

    assertThat(written()).isEqualTo(EMPTY + "ff" + DISCRETE + "ff");
    assertThat(kafka.position()).isEqualTo(3);
  }

  /** So what is deleted later is a loss that shows. */
  @Test
  void whereANewGroupBeginsIsCommittedAtOnce() throws Exception {
    kafka.schedulePollTask(() -> stop.set(true));

    stream("ff").write(List.of("records"), 0, stop::get);

    assertThat(kafka.flushedAtCommit).containsExactly("");
    assertThat(kafka.position()).isZero();
  }

  @Test
  void givenAPollThatEndsBeforeThePositionIsKnownThenTheGroupStillBeginsAtTheBeginning()
      throws Exception {
    kafka.endsEarly = true;
    poll(EMPTY);

    stream("ff").write(List.of("records"), 1, stop::get);

    assertThat(kafka.flushedAtCommit).containsExactly("", EMPTY + "ff");
    assertThat(kafka.position()).isEqualTo(1);
  }

  @Test
  void aPositionIsCommittedOnlyAfterItsBytesAreFlushed() throws Exception {
    poll(EMPTY, EMPTY);
    poll(EMPTY);

    stream("ff").write(List.of("records"), 3, stop::get);

    assertThat(kafka.flushedAtCommit).containsExactly("", EMPTY + "ff" + EMPTY + "ff", written());
  }

  @Test
  void givenACountThenItEndsThereAndTheNextOneGoesOnBehindIt() throws Exception {
    poll(EMPTY, DISCRETE, EMPTY);

    stream("ff").write(List.of("records"), 2, stop::get);

    assertThat(written()).isEqualTo(EMPTY + "ff" + DISCRETE + "ff");
    assertThat(kafka.position()).isEqualTo(2);
  }

  @Test
  void givenAStopBetweenMessagesThenTheRestIsNeitherWrittenNorCommitted() throws Exception {
    poll(EMPTY, EMPTY, EMPTY);
    OutputStream stopping =
        new OutputStream() {
          @Override
          public void write(int b) {
            out.write(b);
            stop.set(true);
          }
        };

    new RecordStream(kafka, Framing.of("ff"), stopping, () -> {})
        .write(List.of("records"), 0, stop::get);

    assertThat(written()).isEqualTo(EMPTY + "ff");
    assertThat(kafka.position()).isEqualTo(1);
  }

  @Test
  void givenAValueThatIsNoRecordThenItIsNamedAndWhatIsBeforeItIsCommitted() {
    poll(EMPTY, "00ff", EMPTY);

    assertThatThrownBy(() -> stream("ff").write(List.of("records"), 0, stop::get))
        .isInstanceOfSatisfying(
            UnwritableMessageException.class,
            e -> {
              assertThat(e.partition()).isEqualTo(PARTITION);
              assertThat(e.offset()).isEqualTo(1);
            })
        .hasMessage(
            "records:0:1: a value of 2 bytes is no DataRecord: byte 1: 1 bytes follow the stop"
                + " byte");
    assertThat(written()).isEqualTo(EMPTY + "ff");
    assertThat(kafka.position()).isEqualTo(1);
  }

  @Test
  void givenARecordWithTheSeparatorInItThenItIsNamedAndNotWritten() {
    poll(EMPTY, DISCRETE);

    assertThatThrownBy(() -> stream("0a0a").write(List.of("records"), 0, stop::get))
        .isInstanceOf(UnwritableMessageException.class)
        .hasMessageStartingWith("records:0:1: the separator 0a0a begins at byte 3 of the record");
    assertThat(written()).isEqualTo(EMPTY + "0a0a");
    assertThat(kafka.position()).isEqualTo(1);
  }

  @Test
  void givenAClosedPipeThenOnlyTheBeginningIsCommitted() {
    poll(EMPTY);
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    RecordStream stream =
        new RecordStream(kafka, Framing.of("ff"), new BufferedOutputStream(closed), () -> {});

    assertThatThrownBy(() -> stream.write(List.of("records"), 0, stop::get))
        .isInstanceOf(IOException.class);
    assertThat(kafka.flushedAtCommit).containsExactly("");
    assertThat(kafka.position()).isZero();
  }

  @ParameterizedTest
  @MethodSource("passing")
  void givenACommitThatDoesNotGoThroughNowThenTheNextOneHasIt(KafkaException failure)
      throws Exception {
    kafka.failures.add(failure);
    poll(EMPTY);
    kafka.schedulePollTask(() -> stop.set(true));

    stream("ff").write(List.of("records"), 0, stop::get);

    assertThat(kafka.failures).isEmpty();
    assertThat(kafka.position()).isEqualTo(1);
  }

  static List<KafkaException> passing() {
    return List.of(
        new CommitFailedException(),
        new RebalanceInProgressException("deals out anew"),
        new TimeoutException("no coordinator"));
  }

  @Test
  void givenACommitAtTheEndThatDoesNotGoThroughThenItIsSaid() {
    poll(EMPTY);
    kafka.schedulePollTask(() -> stop.set(true));
    kafka.failures.addAll(Collections.nCopies(4, new TimeoutException("no coordinator")));

    assertThatThrownBy(() -> stream("ff").write(List.of("records"), 0, stop::get))
        .isInstanceOf(TimeoutException.class);
  }

  private RecordStream stream(String separator) {
    return new RecordStream(kafka, Framing.of(separator), new BufferedOutputStream(out), () -> {});
  }

  /** What has been flushed, in hex. */
  private String written() {
    return HexFormat.of().formatHex(out.toByteArray());
  }

  /**
   * One more poll brings these.
   *
   * @param values in hex; null: a tombstone
   */
  private void poll(String... values) {
    kafka.schedulePollTask(
        () -> {
          for (String value : values) {
            kafka.addRecord(
                new ConsumerRecord<>(
                    "records",
                    0,
                    kafka.end++,
                    null,
                    value == null ? null : HexFormat.of().parseHex(value)));
          }
        });
  }

  /** A group with one member. */
  private final class Group extends MockConsumer<byte[], byte[]> {
    private final List<String> flushedAtCommit = new ArrayList<>();

    /** What the next commits throw. */
    private final Queue<KafkaException> failures = new ArrayDeque<>();

    private long end;

    /** Whether the next poll deals out the partition, and does no more. */
    private boolean endsEarly;

    Group() {
      super("none");
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      schedulePollTask(this::assign);
    }

    private void assign() {
      if (assignment().isEmpty()) {
        rebalance(List.of(PARTITION));
      }
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      if (endsEarly) {
        endsEarly = false;
        assign();
        return ConsumerRecords.empty();
      }
      return super.poll(timeout);
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      if (!failures.isEmpty()) {
        throw failures.remove();
      }
      flushedAtCommit.add(written());
      super.commitSync(offsets);
    }

    /** What it has committed. */
    long position() {
      return committed(Set.of(PARTITION)).get(PARTITION).offset();
    }
  }
}
