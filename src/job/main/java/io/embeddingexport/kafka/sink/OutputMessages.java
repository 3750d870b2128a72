package io.embeddingexport.kafka.sink;

import io.embeddingexport.consumer.OriginWriter;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import java.util.Collection;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message for each decision. Its topic, key, headers and timestamp follow the rules of
 * {@link HeaderNames}:
 *
 * <ul>
 *   <li>a record keeps the event's Kafka key; without one, its key is the entity id, 8 bytes
 *       big-endian;
 *   <li>a tombstone keeps its key; one of an event without a key has that of the entity's records;
 *   <li>a dead letter keeps everything;
 *   <li>a skipped input yields no message.
 * </ul>
 *
 * <p>With exactly-once, records and dead letters of a checkpoint share one transaction. Not
 * thread-safe.
 */
public final class OutputMessages {
  private static final byte[] NO_KEY_CONFIG = {};

  private final OutputTopics topics;
  private final OutputPartitions partitions;
  private final Set<String> forwardHeaders;
  private final OriginWriter origins = new OriginWriter();

  /**
   * @param partitions of records and tombstones
   * @param forwardHeaders names of the input's headers that records and tombstones keep
   */
  public OutputMessages(
      OutputTopics topics, OutputPartitions partitions, Collection<String> forwardHeaders) {
    this.topics = topics;
    this.partitions = partitions;
    this.forwardHeaders = Set.copyOf(forwardHeaders);
  }

  /** The message for a decision; null for a skipped input. */
  public @Nullable ProducerRecord<byte[], byte[]> of(Decision decision) {
    Envelope input = decision.input();
    Outcome outcome = decision.outcome();
    if (outcome instanceof Exported exported) {
      return record(input, exported, decision.item());
    }
    if (outcome instanceof Rejected rejected) {
      return DeadLetters.of(topics.deadLetters(), decision, rejected);
    }
    return outcome instanceof Tombstone tombstone
        ? tombstone(input, tombstone, decision.item())
        : null;
  }

  private ProducerRecord<byte[], byte[]> record(Envelope input, Exported exported, int item) {
    byte[] key = input.key();
    if (key == null || item != Decision.WHOLE) {
      // Items share the input's key, but each is of an entity of its own.
      key = exported.entityKey();
    }
    ProducerRecord<byte[], byte[]> message =
        message(topics.records(exported.outputTopic()), input, key, exported.record());
    message.headers().add(origin(input, exported.keyConfig().originPrefix(), item));
    return message;
  }

  private ProducerRecord<byte[], byte[]> tombstone(Envelope input, Tombstone tombstone, int item) {
    byte[] key = tombstone.key() == null ? input.key() : tombstone.key().toArray();
    ProducerRecord<byte[], byte[]> message =
        message(topics.records(tombstone.outputTopic()), input, key, null);
    message.headers().add(origin(input, NO_KEY_CONFIG, item));
    return message;
  }

  private Header origin(Envelope input, byte[] keyConfig, int item) {
    return new RecordHeader(
        HeaderNames.ORIGIN,
        origins.write(keyConfig, input.topic(), input.partition(), input.offset(), item));
  }

  private ProducerRecord<byte[], byte[]> message(
      String topic, Envelope input, byte @Nullable [] key, byte @Nullable [] value) {
    Integer partition = partitions == OutputPartitions.AS_INPUT ? input.partition() : null;
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, partition, DeadLetters.timestamp(input), key, value);
    if (!forwardHeaders.isEmpty()) {
      forward(input, message.headers());
    }
    return message;
  }

  private void forward(Envelope input, Headers headers) {
    for (Header header : input.headers()) {
      if (forwardHeaders.contains(header.key())) {
        headers.add(header);
      }
    }
  }
}
