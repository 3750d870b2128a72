package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.kafka.Envelopes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The result of one poll: the messages of each partition, then how far the consumer has read.
 * Filled by the reading thread; emptied by the task's thread, which alone turns the messages into
 * envelopes.
 */
final class FetchedInputs implements RecordsWithSplitIds<Input> {
  private final List<Part> parts = new ArrayList<>();
  private final Set<String> finished = new HashSet<>();
  private int nextPart;
  private Iterator<ConsumerRecord<byte[], byte[]>> messages =
      List.<ConsumerRecord<byte[], byte[]>>of().iterator();
  private @Nullable Input last;

  /**
   * @param last emitted after the messages; null: nothing
   */
  private record Part(
      String splitId, List<ConsumerRecord<byte[], byte[]>> messages, @Nullable Input last) {}

  /** Adds a split's start. */
  void addStart(PartitionSplit split) {
    parts.add(new Part(split.splitId(), List.of(), split.start()));
  }

  /**
   * Adds the messages read from a partition.
   *
   * @param read in order; those from {@code stop} on are left out
   * @param next the consumer's position after them
   */
  void add(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> read, long next, long stop) {
    List<ConsumerRecord<byte[], byte[]>> wanted = before(stop, read);
    long after = wanted.isEmpty() ? -1 : wanted.get(wanted.size() - 1).offset() + 1;
    long position = Math.min(next, stop);
    parts.add(
        new Part(
            partition.toString(),
            wanted,
            position > after
                ? new PartitionProgress(partition.topic(), partition.partition(), position)
                : null));
  }

  private static List<ConsumerRecord<byte[], byte[]>> before(
      long stop, List<ConsumerRecord<byte[], byte[]>> read) {
    int count = read.size();
    while (count > 0 && read.get(count - 1).offset() >= stop) {
      count--;
    }
    return read.subList(0, count);
  }

  void finish(String splitId) {
    finished.add(splitId);
  }

  @Override
  public @Nullable String nextSplit() {
    if (nextPart == parts.size()) {
      return null;
    }
    Part part = parts.get(nextPart++);
    messages = part.messages().iterator();
    last = part.last();
    return part.splitId();
  }

  @Override
  public @Nullable Input nextRecordFromSplit() {
    if (messages.hasNext()) {
      return Envelopes.of(messages.next());
    }
    Input element = last;
    last = null;
    return element;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
