package io.embeddingexport.job.checks;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Queries the brokers with the job's client properties, until a deadline. For one thread. */
final class Brokers implements AutoCloseable {
  /** Suffix of the clients' names, after the group's. */
  static final String CLIENT = "preflight";

  private static final Duration LEAST = Duration.ofMillis(1);

  private final PositionSettings positions;
  private final Duration timeout;
  private final Deadline deadline;
  private final Admin admin;

  // Answers; null until requested.
  private @Nullable Collection<Node> nodes;
  private @Nullable TopicStates topics;
  private @Nullable Optional<Config> brokerSettings;

  /**
   * @param timeout for all requests together
   * @throws KafkaException if no client can be made with the properties
   */
  Brokers(PreflightContext context, Duration timeout) {
    this.positions = context.positions();
    this.timeout = timeout;
    this.deadline = Deadline.in(timeout);
    this.admin = Admin.create(adminProperties());
  }

  Admin admin() {
    return admin;
  }

  /**
   * Waits for the answer.
   *
   * @throws KafkaException if the request failed; {@link TimeoutException} at the deadline
   */
  <T> T get(KafkaFuture<T> answer) throws InterruptedException {
    try {
      return Answers.await(answer, left());
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("no answer within " + timeout.toMillis() + " ms", e);
    }
  }

  /** The settings of the topic; null if the job may not see them. */
  @Nullable Config settings(ConfigResource resource) throws InterruptedException {
    try {
      return get(admin.describeConfigs(List.of(resource)).values().get(resource));
    } catch (AuthorizationException e) {
      return null;
    }
  }

  /** The live brokers; requested once. */
  Collection<Node> nodes() throws InterruptedException {
    if (nodes == null) {
      nodes = get(admin.describeCluster().nodes());
    }
    return nodes;
  }

  /** The job's topics; requested once. */
  TopicStates topics(PreflightContext context) throws InterruptedException {
    if (topics == null) {
      topics = TopicStates.ask(this, context.topics());
    }
    return topics;
  }

  /** A numeric broker setting; empty if it may not be seen. All settings are requested at once. */
  OptionalLong setting(String name) throws InterruptedException {
    if (brokerSettings == null) {
      String broker = Integer.toString(nodes().iterator().next().id());
      brokerSettings =
          Optional.ofNullable(settings(new ConfigResource(ConfigResource.Type.BROKER, broker)));
    }
    ConfigEntry entry = brokerSettings.map(config -> config.get(name)).orElse(null);
    return entry == null || entry.value() == null
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(entry.value()));
  }

  /** The time until the deadline, at least 1 ms. */
  Duration left() {
    Duration left = deadline.left();
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  /** Properties of a producer like the sink's, with a transactional id of its own. */
  Map<String, Object> producerProperties(String transactionalId) {
    Map<String, Object> properties = positions.producerProperties(CLIENT, transactionalId);
    properties.put("max.block.ms", Long.toString(left().toMillis()));
    return properties;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  private Map<String, Object> adminProperties() {
    Map<String, Object> properties = positions.adminProperties(CLIENT);
    String millis = Long.toString(Math.min(timeout.toMillis(), Integer.MAX_VALUE));
    properties.put("request.timeout.ms", millis);
    properties.put("default.api.timeout.ms", millis);
    return properties;
  }
}
