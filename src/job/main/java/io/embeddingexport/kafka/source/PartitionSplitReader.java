package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.types.Input;
import io.embeddingexport.kafka.FetchRate;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.StartRefusedException;
import io.embeddingexport.kafka.transactions.BlockingTransactions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the partitions of one slot with one consumer. For the reading thread. */
final class PartitionSplitReader implements SplitReader<Input, PartitionSplit> {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final PositionSettings positions;
  private final KafkaSourceReaderMetrics metrics;
  private final PartitionLags lags;
  private final Map<TopicPartition, Long> stops = new HashMap<>();
  private final HeldPartitions held;
  private final AbsentTopics absent;
  private final FetchRate fetches;

  /** Ends the wait for an absent topic. */
  private final Semaphore woken = new Semaphore(0);

  /** Splits added but not yet announced by their starts. */
  private final List<PartitionSplit> added = new ArrayList<>();

  PartitionSplitReader(
      PositionSettings positions,
      int subtask,
      KafkaSourceReaderMetrics metrics,
      PartitionLags lags) {
    this.positions = positions;
    this.held =
        new HeldPartitions(partition -> blocking(positions, subtask, partition), System::nanoTime);
    this.absent =
        new AbsentTopics(
            new TopicIds(() -> Admin.create(positions.adminProperties(subtask + "-topics"))),
            System::nanoTime);
    this.metrics = metrics;
    this.lags = lags;
    Map<String, Object> properties = positions.consumerProperties(Integer.toString(subtask));
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    fetches = new FetchRate(consumer, properties);
    metrics.registerKafkaConsumerMetrics(consumer);
    metrics.registerNumBytesIn(consumer);
  }

  @Override
  public void handleSplitsChanges(SplitsChange<PartitionSplit> change) {
    if (!(change instanceof SplitsAddition)) {
      throw new UnsupportedOperationException("splits are only ever added: " + change);
    }
    Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
    for (PartitionSplit split : change.splits()) {
      added.add(split);
      if (split.isRead() && split.next() < split.stop()) {
        assigned.add(split.partition());
      }
    }
    consumer.assign(assigned);
    for (PartitionSplit split : change.splits()) {
      if (assigned.contains(split.partition())) {
        consumer.seek(split.partition(), split.next());
        stops.put(split.partition(), split.stop());
        absent.expect(split.partition().topic(), split.topicId());
      }
    }
  }

  @Override
  public RecordsWithSplitIds<Input> fetch() throws IOException {
    FetchedInputs fetched = new FetchedInputs();
    if (!added.isEmpty()) {
      added.forEach(split -> announce(split, fetched));
      added.clear();
      return fetched;
    }
    readAgain(absent.returned());
    if (!consumer.assignment().isEmpty()) {
      read(fetched);
    } else if (!absent.isEmpty()) {
      awaitAbsent();
    }
    return fetched;
  }

  private void readAgain(Map<TopicPartition, Long> positions) {
    if (!positions.isEmpty()) {
      Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
      assigned.addAll(positions.keySet());
      consumer.assign(assigned);
      positions.forEach(consumer::seek);
    }
  }

  /** Kafka's consumer would go on asking for the topics that are gone. */
  private void leaveAbsent() {
    Set<String> topics = new HashSet<>();
    consumer.assignment().forEach(partition -> topics.add(partition.topic()));
    Set<String> gone = absent.among(topics);
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      if (gone.contains(partition.topic())) {
        positions.put(partition, consumer.position(partition));
      }
    }
    if (!positions.isEmpty()) {
      Set<TopicPartition> assigned = new HashSet<>(consumer.assignment());
      assigned.removeAll(positions.keySet());
      consumer.assign(assigned);
      absent.leave(positions);
      positions.keySet().forEach(partition -> lags.set(partition, PartitionLags.UNKNOWN));
    }
  }

  private void awaitAbsent() {
    try {
      if (woken.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce(PartitionSplit split, FetchedInputs fetched) {
    fetched.addStart(split);
    if (!consumer.assignment().contains(split.partition())) {
      fetched.finish(split.splitId());
    }
  }

  private void read(FetchedInputs fetched) {
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(POLL);
    } catch (WakeupException e) {
      return;
    } catch (OffsetOutOfRangeException e) {
      throw outOfRange(e);
    } catch (TopicAuthorizationException e) {
      throw JobAccess.READ.explain(e, positions);
    }
    if (!polled.isEmpty()) {
      fetches.begin();
    } else if (fetches.isSuspicious()) {
      leaveAbsent();
    }
    Set<TopicPartition> finished = new HashSet<>();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> next : polled.nextOffsets().entrySet()) {
      TopicPartition partition = next.getKey();
      Long stop = stops.get(partition);
      if (stop == null) {
        continue;
      }
      long position = next.getValue().offset();
      fetched.add(partition, polled.records(partition), position, stop);
      if (position >= stop) {
        fetched.finish(partition.toString());
        finished.add(partition);
      }
      metrics.maybeAddRecordsLagMetric(consumer, partition);
    }
    for (TopicPartition partition : consumer.assignment()) {
      consumer.currentLag(partition).ifPresent(lag -> lags.set(partition, lag));
    }
    leave(finished);
    stops.forEach(this::watch);
    metrics.updateNumBytesInCounter();
  }

  /** A consumer that has read up to the last stable offset has a lag of 0. */
  private void watch(TopicPartition partition, long stop) {
    if (stop == PartitionSplit.NEVER || absent.contains(partition)) {
      return;
    }
    OptionalLong lag = consumer.currentLag(partition);
    if (lag.isPresent() && lag.getAsLong() == 0) {
      held.held(partition, consumer.position(partition), stop);
    } else {
      held.free(partition);
    }
  }

  private static String blocking(
      PositionSettings positions, int subtask, TopicPartition partition) {
    try (Admin admin = Admin.create(positions.adminProperties(subtask + "-held"))) {
      return BlockingTransactions.describe(admin, partition);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "a transaction";
    } catch (KafkaException e) {
      return "a transaction";
    }
  }

  private void leave(Set<TopicPartition> finished) {
    if (!finished.isEmpty()) {
      Set<TopicPartition> left = new HashSet<>(consumer.assignment());
      left.removeAll(finished);
      consumer.assign(left);
      stops.keySet().removeAll(finished);
      finished.forEach(metrics::removeRecordsLagMetric);
      finished.forEach(partition -> lags.set(partition, 0));
    }
  }

  /** The refusal for a next offset that does not exist. */
  private StartRefusedException outOfRange(OffsetOutOfRangeException e) {
    Collection<TopicPartition> partitions = e.offsetOutOfRangePartitions().keySet();
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    return new StartRefusedException(
        e.offsetOutOfRangePartitions().entrySet().stream()
            .map(
                read -> {
                  TopicPartition partition = read.getKey();
                  return partition.topic()
                      + " partition "
                      + partition.partition()
                      + ": the job's next offset is "
                      + read.getValue()
                      + ", but the partition has "
                      + begins.get(partition)
                      + " to "
                      + (ends.get(partition) - 1)
                      + ": inputs were deleted before they were exported, or the topic was"
                      + " re-created; to continue after them: bin/embedding-export positions set"
                      + " --config FILE --to offset:"
                      + partition.topic()
                      + ":"
                      + partition.partition()
                      + "=OFFSET (group "
                      + positions.groupId()
                      + ")";
                })
            .toList());
  }

  @Override
  public void wakeUp() {
    woken.release();
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
