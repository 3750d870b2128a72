package io.embeddingexport.it;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers whose transactions are those of before Kafka 4 do as well; the default is 2. */
class TransactionVersionIT {
  private static final int STEPS = 3;

  @ParameterizedTest
  @ValueSource(shorts = {0, 1})
  void givenAnOlderTransactionVersionThenEveryInputComesOutOnce(
      short version, @TempDir Path directory) throws Exception {
    try (HistoryBroker broker = HistoryBroker.start()) {
      try (Admin admin =
          Admin.create(Map.of("bootstrap.servers", broker.kafka().bootstrapServers()))) {
        admin
            .updateFeatures(
                Map.of(
                    "transaction.version", new FeatureUpdate(version, UpgradeType.SAFE_DOWNGRADE)),
                new UpdateFeaturesOptions())
            .all()
            .get();
      }
      broker.run(100 + version, STEPS, directory);
    }
  }
}
