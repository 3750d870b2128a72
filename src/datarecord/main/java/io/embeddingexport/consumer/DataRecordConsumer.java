package io.embeddingexport.consumer;

import io.embeddingexport.datarecord.DataRecordView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from their topics, each once: it sees committed transactions only, commits no
 * message before it was handed out, and can drop what an at-least-once job wrote twice.
 *
 * <pre>{@code
 * try (DataRecordConsumer consumer =
 *     DataRecordConsumer.subscribe(properties, List.of("data-records"))) {
 *   while (running) {
 *     for (ConsumerRecord<byte[], DataRecordView> message : consumer.poll(Duration.ofSeconds(1))) {
 *       index.put(message.key(), message.value());   // a null value deletes the key
 *     }
 *     consumer.commit();
 *   }
 * }
 * }</pre>
 *
 * <p>Messages that were polled and not committed come again after a restart. Not thread-safe.
 */
public final class DataRecordConsumer implements AutoCloseable {
  private final org.apache.kafka.clients.consumer.Consumer<byte[], DataRecordView> kafka;

  /** Position of each partition before which messages are only remembered. */
  private final Map<TopicPartition, Long> resumeAt = new HashMap<>();

  private @Nullable DuplicateFilter filter;
  private int window;
  private Consumer<RecordDeserializationException> malformed =
      e -> {
        throw e;
      };

  DataRecordConsumer(org.apache.kafka.clients.consumer.Consumer<byte[], DataRecordView> kafka) {
    this.kafka = kafka;
  }

  /**
   * A consumer of {@code topics}.
   *
   * @param properties of the Kafka client, with {@code bootstrap.servers} and {@code group.id}. If
   *     they leave it out, {@code isolation.level} is {@code read_committed} and {@code
   *     auto.offset.reset} is {@code earliest}
   * @throws IllegalArgumentException if they turn on {@code enable.auto.commit}, which commits what
   *     may not be handled yet
   */
  public static DataRecordConsumer subscribe(
      Map<String, Object> properties, Collection<String> topics) {
    Map<String, Object> all = new HashMap<>(properties);
    if (Boolean.parseBoolean(String.valueOf(all.get(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG)))) {
      throw new IllegalArgumentException(
          "enable.auto.commit = true commits messages that are not handled yet; remove it, and call"
              + " commit()");
    }
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    DataRecordConsumer consumer =
        new DataRecordConsumer(
            new KafkaConsumer<>(
                all, new ByteArrayDeserializer(), new DataRecordViewDeserializer()));
    consumer.subscribe(topics);
    return consumer;
  }

  void subscribe(Collection<String> topics) {
    kafka.subscribe(topics, new Resumption());
  }

  /**
   * Drops repeats, which an at-least-once job writes after a failure. A partition that this
   * consumer takes over is read from {@code window} messages before its position, which are not
   * handed out: so the filter knows them. Call it before the first poll.
   *
   * @param window distance at which a repeat is recognized, in messages: more than the job reads of
   *     an input partition, and writes to an output partition, between two checkpoints
   * @return this
   */
  public DataRecordConsumer dropRepeats(int window) {
    this.filter = new DuplicateFilter(window);
    this.window = window;
    return this;
  }

  /**
   * Hands messages that are no record to {@code handler}, and goes on behind them. Without it,
   * {@link #poll} throws the exception, again and again.
   *
   * @param handler gets topic, partition, offset, key, value and the reason
   * @return this
   */
  public DataRecordConsumer onMalformed(Consumer<RecordDeserializationException> handler) {
    this.malformed = handler;
    return this;
  }

  /**
   * Waits for messages.
   *
   * @return what came; empty if nothing came within {@code timeout}. A null value deletes its key
   * @throws RecordDeserializationException at a message that is no record
   */
  public List<ConsumerRecord<byte[], DataRecordView>> poll(Duration timeout) {
    List<ConsumerRecord<byte[], DataRecordView>> messages = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], DataRecordView> message : kafka.poll(timeout)) {
        boolean first = filter == null || filter.isFirst(message);
        if (first && message.offset() >= resumeAt(message)) {
          messages.add(message);
        }
      }
    } catch (RecordDeserializationException e) {
      if (e.offset() >= resumeAt.getOrDefault(e.topicPartition(), 0L)) {
        malformed.accept(e);
      }
      kafka.seek(e.topicPartition(), e.offset() + 1);
    }
    return messages;
  }

  private long resumeAt(ConsumerRecord<?, ?> message) {
    return resumeAt.isEmpty()
        ? 0
        : resumeAt.getOrDefault(new TopicPartition(message.topic(), message.partition()), 0L);
  }

  /**
   * Commits everything that {@link #poll} has returned. The position is the next message's, past
   * the markers that end transactions: only so does the group's lag reach 0.
   */
  public void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (TopicPartition partition : kafka.assignment()) {
      // While a partition is reread, its position is less than what the group has committed.
      long position = Math.max(kafka.position(partition), resumeAt.getOrDefault(partition, 0L));
      positions.put(partition, new OffsetAndMetadata(position));
    }
    kafka.commitSync(positions);
  }

  /** Makes a {@link #poll} in another thread throw a {@code WakeupException}. Thread-safe. */
  public void wakeup() {
    kafka.wakeup();
  }

  @Override
  public void close() {
    kafka.close();
  }

  private final class Resumption implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (filter == null) {
        return;
      }
      Map<TopicPartition, Long> earliest = kafka.beginningOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long position = kafka.position(partition);
        resumeAt.put(partition, position);
        kafka.seek(partition, Math.max(earliest.get(partition), position - window));
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        resumeAt.remove(partition);
        if (filter != null) {
          filter.forget(partition.topic(), partition.partition());
        }
      }
    }
  }
}
