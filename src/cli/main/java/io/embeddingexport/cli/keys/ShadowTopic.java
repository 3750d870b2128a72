package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.kafka.sink.OutputMessages;
import io.embeddingexport.kafka.sink.OutputPartitions;
import io.embeddingexport.kafka.sink.OutputTopics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records that new key configs would make, with the keys and headers that a job would
 * give them. Records of all models go to the one topic. Not thread-safe.
 */
final class ShadowTopic implements AutoCloseable {
  private final String topic;
  private final OutputMessages messages;
  private final Producer<byte[], byte[]> producer;
  private final AtomicLong written = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private ShadowTopic(
      String topic, Producer<byte[], byte[]> producer, Collection<String> forwardHeaders) {
    this.topic = topic;
    this.producer = producer;
    this.messages =
        new OutputMessages(
            new OutputTopics(topic, topic, true), OutputPartitions.BY_KEY, forwardHeaders);
  }

  /**
   * @throws CommandException if there is no such topic, or it may not be written
   */
  static ShadowTopic open(ClientOptions client, String topic, Collection<String> forwardHeaders)
      throws CommandException, InterruptedException {
    try (BrokerTopics topics = new BrokerTopics(client)) {
      topics.partitions(List.of(topic), AclOperation.WRITE);
    }
    return new ShadowTopic(
        topic,
        KafkaClients.producer(
            client.properties(ConfigTopicOptions.CLIENT, Map.<String, Object>of("acks", "all"))),
        forwardHeaders);
  }

  /**
   * Writes a record.
   *
   * @param decision that made it
   */
  void write(Decision decision) {
    producer.send(
        messages.of(decision),
        (metadata, exception) -> {
          if (exception == null) {
            written.incrementAndGet();
          } else {
            failure.compareAndSet(null, exception);
          }
        });
  }

  /**
   * Waits until all records are written.
   *
   * @return their number
   * @throws CommandException if the topic did not accept one
   */
  long flush() throws CommandException {
    try {
      producer.flush();
    } catch (KafkaException e) {
      failure.compareAndSet(null, e);
    }
    Exception cause = failure.get();
    if (cause != null) {
      throw new CommandException(
          "topic '%s' did not accept a record: %s".formatted(topic, cause.getMessage()));
    }
    return written.get();
  }

  @Override
  public void close() {
    producer.close();
  }
}
