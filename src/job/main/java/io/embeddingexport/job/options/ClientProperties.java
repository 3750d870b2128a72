package io.embeddingexport.job.options;

import static java.util.Map.entry;

import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka client properties that pass through, and those reserved for the job. */
final class ClientProperties {
  private static final String BYTES = "remove it: the job reads and writes bytes";

  private static final Map<String, String> OWNED_BY_ALL =
      Map.ofEntries(
          entry("bootstrap.servers", use(JobOptions.BOOTSTRAP_SERVERS.key())),
          entry("key.serializer", BYTES),
          entry("value.serializer", BYTES),
          entry("key.deserializer", BYTES),
          entry("value.deserializer", BYTES));

  private static final Map<String, String> OWNED_BY_SOURCE =
      Map.ofEntries(
          entry("group.id", use(JobOptions.INPUT_GROUP_ID.key())),
          entry("isolation.level", use(JobOptions.INPUT_ISOLATION.key())),
          entry("auto.offset.reset", use(JobOptions.INPUT_FROM.key())),
          entry("allow.auto.create.topics", "remove it: the job creates no topics"),
          entry("enable.auto.commit", "remove it: positions are committed with the records"),
          entry("client.id", use(JobOptions.INPUT_GROUP_ID.key())));

  private static final Map<String, String> OWNED_BY_SINK =
      Map.ofEntries(
          entry("transactional.id", use(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX.key())),
          entry("transaction.timeout.ms", use(JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key())),
          entry("client.id", use(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX.key())),
          entry("acks", "remove it: every guarantee needs all"),
          entry("retries", use(JobOptions.SINK_PREFIX + ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)),
          entry("enable.idempotence", use(JobOptions.OUTPUT_DELIVERY_GUARANTEE.key())));

  /** Properties of the source's consumers: its own override those of all clients. */
  static Map<String, String> ofSource(JobConfiguration options, List<String> problems) {
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_SOURCE, options, problems);
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_SINK, options, problems);
    refuse(JobOptions.SOURCE_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.SOURCE_PREFIX, OWNED_BY_SOURCE, options, problems);
    validate(JobOptions.SOURCE_PREFIX, ConsumerConfig.configDef(), options, problems);
    return merged(JobOptions.SOURCE_PREFIX, options);
  }

  /** Properties of the sink's producers: its own override those of all clients. */
  static Map<String, String> ofSink(JobConfiguration options, List<String> problems) {
    refuse(JobOptions.SINK_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.SINK_PREFIX, OWNED_BY_SINK, options, problems);
    validate(JobOptions.SINK_PREFIX, ProducerConfig.configDef(), options, problems);
    return merged(JobOptions.SINK_PREFIX, options);
  }

  private static Map<String, String> merged(String prefix, JobConfiguration options) {
    Map<String, String> merged =
        new TreeMap<>(OptionNames.under(JobOptions.CLIENT_PREFIX, options.values()));
    merged.putAll(OptionNames.under(prefix, options.values()));
    return merged;
  }

  private static void refuse(
      String prefix, Map<String, String> owned, JobConfiguration options, List<String> problems) {
    for (String name : OptionNames.under(prefix, options.values()).keySet()) {
      if (owned.containsKey(name)) {
        problems.add(options.at(prefix + name) + ": " + owned.get(name));
      }
    }
  }

  /** Adds a problem for each value that the client itself would refuse. */
  private static void validate(
      String prefix, ConfigDef definition, JobConfiguration options, List<String> problems) {
    Map<String, String> own = OptionNames.under(prefix, options.values());
    Map<String, String> properties = merged(prefix, options);
    properties.keySet().retainAll(definition.names());
    for (ConfigValue value : definition.validate(properties)) {
      if (properties.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
        String given = own.containsKey(value.name()) ? prefix : JobOptions.CLIENT_PREFIX;
        String problem =
            options.at(given + value.name()) + ": " + value.errorMessages().get(0) + "; correct it";
        if (!problems.contains(problem)) {
          problems.add(problem);
        }
      }
    }
  }

  /**
   * Adds the problems of properties that a client refuses only in combination.
   *
   * @param settings settings without other problems
   */
  static void validateTogether(JobSettings settings, List<String> problems) {
    PositionSettings positions = settings.positions(RunIdentity.create(), settings.flink());
    Map<String, Object> consumer = positions.consumerProperties("0");
    consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    Map<String, Object> producer = positions.producerProperties("0");
    producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    collect(JobOptions.SOURCE_PREFIX, () -> new ConsumerConfig(consumer), problems);
    collect(
        JobOptions.SINK_PREFIX, () -> requireTimeToDeliver(new ProducerConfig(producer)), problems);
  }

  /** Applies the rule of KafkaProducer's constructor. */
  private static void requireTimeToDeliver(ProducerConfig config) {
    long linger = config.getLong(ProducerConfig.LINGER_MS_CONFIG);
    int request = config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    int delivery = config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
    if (delivery < linger + request) {
      throw new ConfigException(
          "delivery.timeout.ms = "
              + delivery
              + " is less than linger.ms + request.timeout.ms = "
              + (linger + request));
    }
  }

  private static void collect(String prefix, Runnable construction, List<String> problems) {
    try {
      construction.run();
    } catch (ConfigException e) {
      problems.add(prefix + "*: " + e.getMessage() + "; correct or remove it");
    }
  }

  private static String use(String option) {
    return "use " + option + " instead";
  }

  private ClientProperties() {}
}
