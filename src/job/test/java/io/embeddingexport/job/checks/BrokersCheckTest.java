package io.embeddingexport.job.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class BrokersCheckTest {

  @Test
  void theVersionShouldBeThatOfTheMetadata() {
    assertThat(text(29, 2))
        .isEqualTo("3 brokers at b:9092, metadata of Kafka 4.2, transaction.version 2");
    assertThat(text(25, 2)).contains("Kafka 4.0,");
    assertThat(text(21, 0)).contains("Kafka 3.9,", "transaction.version 0");
    assertThat(text(99, 2)).contains("Kafka 4.3 or later,");
  }

  @Test
  void brokersWithoutFeaturesShouldHaveNoVersion() {
    assertThat(BrokersCheck.evaluate("b:9092", 1, Map.of()).text())
        .startsWith("1 broker at b:9092, transaction.version 0");
  }

  @Test
  void whatKeepsThemFromAnsweringShouldBeSaidWithItsCause() {
    assertThat(
            BrokersCheck.unreachable(
                    Map.of("bootstrap.servers", "b:9092"),
                    new KafkaException("outer", new IllegalStateException("inner")))
                .toString())
        .startsWith("error: brokers: kafka.bootstrap-servers = b:9092: inner; check address");
  }

  private static String text(int metadata, int transaction) {
    return BrokersCheck.evaluate(
            "b:9092", 3, Map.of("metadata.version", metadata, "transaction.version", transaction))
        .text();
  }
}
