package io.embeddingexport.job;

import io.embeddingexport.kafka.KeyConfigTopicSettings;
import io.embeddingexport.kafka.SinkSettings;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers, before the job is submitted, for what would make it fail or lose messages. It
 * only reads. What it is not authorised to see is a warning.
 */
public final class Preflight {
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";

  private final JobSettings settings;
  private final SourceSettings source;
  private final SinkSettings sink;
  private final Duration timeout;
  private final long deadline;
  private final List<Finding> findings = new ArrayList<>();

  private Preflight(JobSettings settings, Duration timeout) {
    this.settings = settings;
    this.source = settings.source();
    this.sink = settings.sink();
    this.timeout = timeout;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /**
   * Checks brokers and topics; nothing if the settings turn preflight off.
   *
   * @return what was found, errors and warnings only
   */
  public static List<Finding> check(JobSettings settings) throws InterruptedException {
    Duration timeout = settings.preflightTimeout();
    return timeout == null ? List.of() : new Preflight(settings, timeout).check();
  }

  /**
   * As {@link #check}.
   *
   * @return the warnings
   * @throws PreflightException if there is an error
   */
  public static List<Finding> require(JobSettings settings)
      throws InterruptedException, PreflightException {
    List<Finding> findings = check(settings);
    if (findings.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR)) {
      throw new PreflightException(findings);
    }
    return findings;
  }

  private List<Finding> check() throws InterruptedException {
    Admin admin = null;
    try {
      admin = Admin.create(adminProperties());
      checkBrokers(admin);
    } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException e) {
      unreachable("no broker answers within " + timeout.toSeconds() + " s");
    } catch (KafkaException e) {
      unreachable(rootMessage(e));
    } finally {
      if (admin != null) {
        admin.close(Duration.ZERO);
      }
    }
    return findings;
  }

  private void unreachable(String why) {
    findings.add(
        Finding.error(
            JobOptions.BOOTSTRAP_SERVERS.key()
                + " = "
                + source.bootstrapServers()
                + ": "
                + why
                + "; check address, network and the security properties under "
                + JobOptions.CLIENT_PREFIX));
  }

  private void checkBrokers(Admin admin) throws InterruptedException, TimeoutException {
    DescribeClusterResult cluster = admin.describeCluster();
    int broker = get(cluster.nodes()).iterator().next().id();
    Map<String, TopicState> topics = new TopicsCheck(this, admin).run(topicNames());
    TopicsCheck.compare(settings, topics, findings);
    if (sink.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
      checkTransactionTimeout(admin, broker);
    }
  }

  private Set<String> topicNames() {
    Set<String> names = new LinkedHashSet<>(source.topics());
    names.add(sink.topics().records());
    for (KeyConfig config : settings.keyConfigs()) {
      if (config.outputTopic() != null) {
        names.add(config.outputTopic());
      }
    }
    names.add(sink.topics().deadLetters());
    if (settings.keyConfigTopic() != null) {
      names.add(settings.keyConfigTopic().topic());
    }
    return names;
  }

  private void checkTransactionTimeout(Admin admin, int broker)
      throws InterruptedException, TimeoutException {
    Config config =
        describe(
            admin,
            new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker)),
            "the broker's " + MAX_TRANSACTION_TIMEOUT);
    ConfigEntry max = config == null ? null : config.get(MAX_TRANSACTION_TIMEOUT);
    if (max != null && sink.transactionTimeout().toMillis() > Long.parseLong(max.value())) {
      findings.add(
          Finding.error(
              JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key()
                  + " = "
                  + sink.transactionTimeout().toMillis()
                  + " ms: the brokers allow "
                  + max.value()
                  + " ms; lower it, or raise their "
                  + MAX_TRANSACTION_TIMEOUT));
    }
  }

  /** Null, with a warning, if that is not allowed. */
  @Nullable Config describe(Admin admin, ConfigResource resource, String what)
      throws InterruptedException, TimeoutException {
    try {
      return get(admin.describeConfigs(List.of(resource)).values().get(resource));
    } catch (AuthorizationException e) {
      findings.add(
          Finding.warning(
              what + " is not checked: not authorised to DESCRIBE_CONFIGS " + resource.name()));
      return null;
    }
  }

  /** Null, with a finding, if there is none or it may not be seen. */
  @Nullable TopicDescription describe(Admin admin, String topic)
      throws InterruptedException, TimeoutException {
    try {
      return get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic));
    } catch (UnknownTopicOrPartitionException e) {
      findings.add(
          Finding.error("topic " + topic + " does not exist; create it: " + createCommand(topic)));
    } catch (AuthorizationException e) {
      findings.add(
          Finding.warning("topic " + topic + " is not checked: not authorised to DESCRIBE it"));
    }
    return null;
  }

  private String createCommand(String topic) {
    String create =
        "kafka-topics.sh --bootstrap-server "
            + source.bootstrapServers()
            + " --create --topic "
            + topic;
    if (topic.equals(sink.topics().deadLetters())) {
      return create + " --config max.message.bytes=" + TopicsCheck.DEAD_LETTER_BYTES;
    }
    KeyConfigTopicSettings keyConfigs = settings.keyConfigTopic();
    return keyConfigs != null && topic.equals(keyConfigs.topic())
        ? keyConfigs.createCommand()
        : create;
  }

  private <T> T get(KafkaFuture<T> future) throws InterruptedException, TimeoutException {
    try {
      return future.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    }
  }

  private Map<String, Object> adminProperties() {
    Map<String, Object> properties = new HashMap<>();
    source
        .properties()
        .forEach(
            (name, value) -> {
              if (AdminClientConfig.configNames().contains(name) || name.startsWith("config.")) {
                properties.put(name, value);
              }
            });
    properties.put("bootstrap.servers", source.bootstrapServers());
    properties.put("client.id", source.groupId() + "-preflight");
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    properties.put("request.timeout.ms", Integer.toString(millis));
    properties.put("default.api.timeout.ms", Integer.toString(millis));
    return properties;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
