package io.embeddingexport.cli.consume;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of topics to a stream of bytes. The position of the group follows the stream:
 * a record is committed after its bytes are flushed, so a record comes again after a failure, and
 * none is lost on the way into the stream. Not thread-safe.
 */
public final class RecordStream {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> kafka;
  private final Framing framing;
  private final OutputStream out;
  private final Runnable afterPoll;
  private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();

  /**
   * @param kafka in a group, without commits of its own, and with {@code auto.offset.reset=none}
   * @param out buffered; not closed
   * @param afterPoll runs after each poll
   */
  public RecordStream(
      Consumer<byte[], byte[]> kafka, Framing framing, OutputStream out, Runnable afterPoll) {
    this.kafka = kafka;
    this.framing = framing;
    this.out = out;
    this.afterPoll = afterPoll;
  }

  /**
   * Writes records until it is told to stop. Everything written is committed then.
   *
   * @param count stop after that many records; 0: any number
   * @param stopped whether to stop; asked before each message
   * @throws UnwritableMessageException at a message that is no record, or has the separator in it;
   *     everything before it is written and committed
   * @throws IOException if {@code out} takes no more; what it may not have is not committed
   * @throws OffsetOutOfRangeException if a topic has no longer what comes next
   */
  public void write(List<String> topics, long count, BooleanSupplier stopped)
      throws IOException, UnwritableMessageException {
    kafka.subscribe(topics);
    long written = 0;
    while (!stopped.getAsBoolean() && (count == 0 || written < count)) {
      Batch batch = new Batch(count == 0 ? Long.MAX_VALUE : count - written, stopped);
      batch.write(poll());
      afterPoll.run();
      written += batch.written;
      out.flush();
      if (batch.refused != null) {
        commit();
        throw batch.refused;
      }
      tryToCommit();
    }
    commit();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return kafka.poll(POLL);
    } catch (NoOffsetForPartitionException e) {
      beginWith(e);
      return ConsumerRecords.empty();
    }
  }

  /** A poll may end before it has looked for the position of a partition. */
  private long position(TopicPartition partition) {
    try {
      return kafka.position(partition);
    } catch (NoOffsetForPartitionException e) {
      beginWith(e);
      return kafka.position(partition);
    }
  }

  /**
   * Begins with partitions that the group is new to. A position that is out of range is another
   * case: records that it has not seen are gone.
   */
  private void beginWith(NoOffsetForPartitionException e) {
    kafka.seekToBeginning(e.partitions());
  }

  private void tryToCommit() {
    try {
      commit();
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      // The brokers are away, or the group deals out its partitions anew, and Kafka's client has
      // logged why. The next poll joins again. Records that are not committed then come again.
    }
  }

  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (TopicPartition partition : kafka.assignment()) {
      positions.put(partition, new OffsetAndMetadata(position(partition)));
    }
    if (!positions.equals(committed)) {
      kafka.commitSync(positions);
      committed = positions;
    }
  }

  /** The messages of one poll, up to the first that is not written. */
  private final class Batch {
    private final long most;
    private final BooleanSupplier stopped;
    private long written;
    private @Nullable UnwritableMessageException refused;

    Batch(long most, BooleanSupplier stopped) {
      this.most = most;
      this.stopped = stopped;
    }

    /** Moves the positions back to the messages that are not written. */
    void write(ConsumerRecords<byte[], byte[]> messages) throws IOException {
      for (TopicPartition partition : messages.partitions()) {
        for (ConsumerRecord<byte[], byte[]> message : messages.records(partition)) {
          if (!write(message)) {
            kafka.seek(partition, message.offset());
            break;
          }
        }
      }
    }

    private boolean write(ConsumerRecord<byte[], byte[]> message) throws IOException {
      if (refused != null || written == most || stopped.getAsBoolean()) {
        return false;
      }
      byte[] value = message.value();
      if (value == null) {
        return true; // a tombstone
      }
      try {
        DataRecordReader.read(value);
        out.write(framing.frame(value));
        written++;
        return true;
      } catch (MalformedRecordException e) {
        refused =
            new UnwritableMessageException(
                message,
                "a value of " + value.length + " bytes is no DataRecord: " + e.getMessage());
      } catch (SeparatorInRecordException e) {
        refused = new UnwritableMessageException(message, e.getMessage());
      }
      return false;
    }
  }
}
