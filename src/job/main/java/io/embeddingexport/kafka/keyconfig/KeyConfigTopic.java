package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.flink.KeyConfigFeed;
import io.embeddingexport.flink.KeyConfigSource;
import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the key configs of a compacted Kafka topic: key = model, value = key config, null value =
 * retired. Each operator instance reads all of it, without a group. Needs only READ on the topic.
 */
@PublicEvolving
public record KeyConfigTopic(KeyConfigTopicSettings settings) implements KeyConfigSource {
  private static final long serialVersionUID = 1;

  /** Time between two checks of the topic's id. Each is one small request per instance. */
  private static final Duration WATCH_INTERVAL = Duration.ofSeconds(10);

  /**
   * {@inheritDoc}
   *
   * @throws KeyConfigTopicException if the topic's end is not reached within the start timeout
   */
  @Override
  public KeyConfigFeed open(int subtask) throws KeyConfigTopicException, InterruptedException {
    Optional<ConnectionFailure> tls =
        ConnectionFailure.plaintextToTls(settings.adminProperties(subtask));
    if (tls.isPresent()) {
      throw KeyConfigTopicException.of(settings, tls.get());
    }
    Connections connections = new Connections();
    try {
      KeyConfigTopicFeed feed = open(subtask, connections);
      feed.start();
      return feed;
    } catch (InterruptException e) {
      Thread.interrupted(); // closing must not fail on it
      connections.closeAfter(e);
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    } catch (KafkaException e) {
      connections.closeAfter(e);
      throw KeyConfigTopicException.of(settings, e);
    } catch (Throwable e) {
      connections.closeAfter(e);
      throw e;
    }
  }

  private KeyConfigTopicFeed open(int subtask, Connections connections)
      throws KeyConfigTopicException, InterruptedException {
    Deadline deadline = Deadline.in(settings.startTimeout());
    Admin admin = connections.add(Admin.create(settings.adminProperties(subtask)));
    TopicDescriptions topics = new TopicDescriptions(admin);
    TopicWatch watch = new TopicWatch(topics::describe, settings.topic(), WATCH_INTERVAL);
    TopicDescription topic = watch.look(deadline.left());
    KeyConfigTopicReader reader =
        connections.add(
            new KeyConfigTopicReader(
                settings,
                new KafkaConsumer<>(
                    settings.consumerProperties(subtask),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()),
                new OutputTopicCheck(notForRecords(), settings.partitionsAs(), topics)));
    List<ReceivedKeyConfig> atStart = reader.readAll(topic, deadline);
    return new KeyConfigTopicFeed(
        settings, "kafka-key-configs-" + subtask, atStart, reader, watch, connections);
  }

  private Set<String> notForRecords() {
    Set<String> topics = new HashSet<>(settings.notForRecords());
    topics.add(settings.topic());
    return topics;
  }
}
