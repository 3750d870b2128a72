package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.kafka.admin.Permission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * Writes to a key-config topic: all messages or none. Of two open writers for one topic only the
 * later can write, since both have the same transactional id. So a caller that opens one, reads and
 * then writes knows that no other writer wrote in between.
 */
final class TopicWriter implements AutoCloseable {
  /** The key config may have 1 MiB; the broker's limit applies after compression. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "acks",
          "all",
          "enable.idempotence",
          true,
          "compression.type",
          "gzip",
          "max.request.size",
          4 << 20,
          "max.block.ms",
          30_000,
          "delivery.timeout.ms",
          30_000,
          "request.timeout.ms",
          10_000,
          "transaction.timeout.ms",
          60_000);

  private final String servers;
  private final String topic;
  private final String transactionalId;
  private final KafkaProducer<byte[], byte[]> producer;

  private TopicWriter(
      String servers,
      String topic,
      String transactionalId,
      KafkaProducer<byte[], byte[]> producer) {
    this.servers = servers;
    this.topic = topic;
    this.transactionalId = transactionalId;
    this.producer = producer;
  }

  /** Opens a writer, and fences any other open one. The topic must exist. */
  static TopicWriter open(ClientOptions client, String topic) throws CommandException {
    String transactionalId = "embedding-export-keys-" + topic;
    Map<String, Object> properties = client.properties("embedding-export-keys", DEFAULTS);
    properties.put("transactional.id", transactionalId);
    TopicWriter writer =
        new TopicWriter(
            client.bootstrapServers(), topic, transactionalId, KafkaClients.producer(properties));
    try {
      writer.producer.initTransactions();
      return writer;
    } catch (KafkaException e) {
      writer.close();
      throw writer.failure(e, "");
    }
  }

  /** Writes these messages, and returns the position of each. */
  List<RecordMetadata> write(List<ProducerRecord<byte[], byte[]>> messages)
      throws CommandException, InterruptedException {
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    List<RecordMetadata> written = new ArrayList<>();
    try {
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> message : messages) {
        answers.add(producer.send(message));
      }
      for (Future<RecordMetadata> answer : answers) {
        written.add(answer.get());
      }
    } catch (KafkaException e) {
      throw failure(e, "nothing was written; ");
    } catch (ExecutionException e) {
      throw failure(e.getCause(), "nothing was written; ");
    }
    try {
      producer.commitTransaction();
      return written;
    } catch (TimeoutException e) {
      throw new CommandException(
          "topic '" + topic + "': the broker did not confirm the commit; check with 'keys list'");
    } catch (KafkaException e) {
      throw failure(e, "nothing was written; ");
    }
  }

  private CommandException failure(Throwable cause, String outcome) {
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return new CommandException(
          "topic '%s': another 'keys publish' or 'keys retire' wrote at the same time; %srun this again"
              .formatted(topic, outcome));
    }
    if (cause instanceof TransactionalIdAuthorizationException) {
      return new CommandException(
          Permission.transactionalId(AclOperation.WRITE, transactionalId).refusal(servers));
    }
    if (cause instanceof TopicAuthorizationException) {
      return new CommandException(
          outcome + Permission.topic(AclOperation.WRITE, topic).refusal(servers));
    }
    if (cause instanceof RecordTooLargeException) {
      return new CommandException(
          "topic '%s': a key config is larger than the topic accepts; %sraise the topic's max.message.bytes, or list fewer keys"
              .formatted(topic, outcome));
    }
    return new CommandException(
        "topic '%s' cannot be written: %s%s".formatted(topic, outcome, cause.getMessage()));
  }

  /** Aborts uncommitted messages. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
  }
}
