package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.admin.ConnectionFailure;
import io.embeddingexport.kafka.admin.RootMessage;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Finds the brokers that answer, and their version. Other checks make no sense without an answer.
 */
final class BrokersCheck implements Check {
  static final String NAME = "brokers";

  private static final int FROM_ZOOKEEPER = 0;

  /** The first {@code metadata.version} of each release (Kafka's MetadataVersion). */
  private static final NavigableMap<Integer, String> RELEASES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(7, "3.3"),
              Map.entry(8, "3.4"),
              Map.entry(9, "3.5"),
              Map.entry(12, "3.6"),
              Map.entry(15, "3.7"),
              Map.entry(20, "3.8"),
              Map.entry(21, "3.9"),
              Map.entry(22, "4.0"),
              Map.entry(26, "4.1"),
              Map.entry(28, "4.2"),
              Map.entry(30, "4.3 or later")));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    int count = brokers.nodes().size();
    return List.of(
        evaluate(context.settings().source().bootstrapServers(), count, features(brokers)));
  }

  /** Feature levels by name; empty for brokers without them. */
  private static Map<String, Integer> features(Brokers brokers) throws InterruptedException {
    try {
      FeatureMetadata features = brokers.get(brokers.admin().describeFeatures().featureMetadata());
      Map<String, Integer> levels = new TreeMap<>();
      for (Map.Entry<String, FinalizedVersionRange> feature :
          features.finalizedFeatures().entrySet()) {
        levels.put(feature.getKey(), (int) feature.getValue().maxVersionLevel());
      }
      return levels;
    } catch (UnsupportedVersionException e) {
      return Map.of();
    }
  }

  static Finding evaluate(String address, int brokers, Map<String, Integer> features) {
    int metadata = features.getOrDefault("metadata.version", FROM_ZOOKEEPER);
    Map.Entry<Integer, String> release = RELEASES.floorEntry(metadata);
    return ok(
        NAME,
        brokers
            + (brokers == 1 ? " broker" : " brokers")
            + " at "
            + address
            + (release == null ? "" : ", metadata of Kafka " + release.getValue())
            + ", "
            + "transaction.version "
            + features.getOrDefault("transaction.version", 0));
  }

  /**
   * The finding if no broker can be reached.
   *
   * @param client properties of the client that tried
   */
  static Finding unreachable(Map<String, ?> client, KafkaException why) {
    return ConnectionFailure.of(why, client)
        .map(failure -> unreachable(client, failure))
        .orElseGet(
            () ->
                error(
                    NAME,
                    address(client) + RootMessage.of(why),
                    "check address, network and the security properties under "
                        + JobOptions.CLIENT_PREFIX));
  }

  static Finding unreachable(Map<String, ?> client, ConnectionFailure why) {
    return error(NAME, address(client) + why.cause(), why.remedy());
  }

  private static String address(Map<String, ?> client) {
    return JobOptions.BOOTSTRAP_SERVERS.key()
        + " = "
        + client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
        + ": ";
  }
}
