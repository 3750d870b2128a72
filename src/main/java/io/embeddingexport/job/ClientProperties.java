package io.embeddingexport.job;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** Kafka client properties that pass through, and those that the job keeps to itself. */
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
          entry("enable.auto.commit", "remove it: positions are committed with the records"),
          entry("client.id", use(JobOptions.INPUT_GROUP_ID.key())));

  private static final Map<String, String> OWNED_BY_SINK =
      Map.ofEntries(
          entry("transactional.id", use(JobOptions.OUTPUT_TRANSACTIONAL_ID_PREFIX.key())),
          entry("transaction.timeout.ms", use(JobOptions.OUTPUT_TRANSACTION_TIMEOUT.key())),
          entry("acks", "remove it: every guarantee needs all"),
          entry("enable.idempotence", use(JobOptions.OUTPUT_DELIVERY_GUARANTEE.key())));

  /** Properties of the source's consumers: those of all clients, and its own over them. */
  static Map<String, String> ofSource(Configuration options, List<String> problems) {
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_SOURCE, options, problems);
    refuse(JobOptions.CLIENT_PREFIX, OWNED_BY_SINK, options, problems);
    refuse(JobOptions.SOURCE_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.SOURCE_PREFIX, OWNED_BY_SOURCE, options, problems);
    return merged(JobOptions.SOURCE_PREFIX, options);
  }

  /** Properties of the sink's producers: those of all clients, and its own over them. */
  static Map<String, String> ofSink(Configuration options, List<String> problems) {
    refuse(JobOptions.SINK_PREFIX, OWNED_BY_ALL, options, problems);
    refuse(JobOptions.SINK_PREFIX, OWNED_BY_SINK, options, problems);
    return merged(JobOptions.SINK_PREFIX, options);
  }

  private static Map<String, String> merged(String prefix, Configuration options) {
    Map<String, String> merged =
        new TreeMap<>(OptionNames.under(JobOptions.CLIENT_PREFIX, options));
    merged.putAll(OptionNames.under(prefix, options));
    return merged;
  }

  private static void refuse(
      String prefix, Map<String, String> owned, Configuration options, List<String> problems) {
    for (String name : new ArrayList<>(OptionNames.under(prefix, options).keySet())) {
      if (owned.containsKey(name)) {
        problems.add(prefix + name + ": " + owned.get(name));
      }
    }
  }

  private static String use(String option) {
    return "use " + option + " instead";
  }

  private ClientProperties() {}
}
