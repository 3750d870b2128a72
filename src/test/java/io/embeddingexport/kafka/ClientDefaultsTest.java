package io.embeddingexport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.kafka.commit.CommitFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** Which properties the clients are made with. */
class ClientDefaultsTest {

  @Test
  void theSinkShouldBatchAsTheDesignMeasured() {
    assertThat(sink(DeliveryGuarantee.AT_LEAST_ONCE, Map.of()))
        .containsEntry("batch.size", "131072") // 128 KiB
        .containsEntry("linger.ms", "10")
        .containsEntry("buffer.memory", "67108864") // 64 MiB
        .containsEntry("acks", "all")
        .containsEntry("max.request.size", "16777216") // 16 MiB
        .containsEntry("compression.type", "none")
        .containsEntry("send.buffer.bytes", "-1")
        .containsEntry("bootstrap.servers", "127.0.0.1:1");
  }

  @Test
  void theUsersPropertiesShouldGoOverTheSinks() {
    assertThat(
            sink(
                DeliveryGuarantee.AT_LEAST_ONCE,
                Map.of("batch.size", "1", "acks", "1", "client.id", "mine")))
        .containsEntry("batch.size", "1")
        .containsEntry("acks", "1")
        .containsEntry("client.id", "mine")
        .containsEntry("linger.ms", "10");
  }

  @Test
  void exactlyOnceShouldHaveTheStatedTransactionTimeout() {
    assertThat(sink(DeliveryGuarantee.EXACTLY_ONCE, Map.of()))
        .containsEntry("transaction.timeout.ms", "840000"); // 14 min
  }

  @Test
  void theSourceShouldFetchAndPollInLargePieces() {
    assertThat(source(null, Map.of()))
        .containsEntry("max.partition.fetch.bytes", "4194304") // 4 MiB
        .containsEntry("max.poll.records", "2000")
        .containsEntry("receive.buffer.bytes", "-1")
        .containsEntry("group.id", "group")
        .containsEntry("client.id.prefix", "group")
        .containsEntry("bootstrap.servers", "127.0.0.1:1");
  }

  @Test
  void theUsersPropertiesShouldGoOverTheSources() {
    assertThat(
            source(null, Map.of("max.poll.records", "1", "partition.discovery.interval.ms", "5")))
        .containsEntry("max.poll.records", "1")
        .containsEntry("partition.discovery.interval.ms", "5")
        .containsEntry("max.partition.fetch.bytes", "4194304");
  }

  @Test
  void onlyAnUnboundedSourceShouldLookForPartitions() {
    assertThat(source(null, Map.of())).containsEntry("partition.discovery.interval.ms", "60000");
    // -1 is what Flink sets on a bounded source.
    assertThat(source(OffsetsInitializer.latest(), Map.of()))
        .containsEntry("partition.discovery.interval.ms", "-1");
  }

  @Test
  void everyDefaultShouldBeAPropertyOfItsClient() {
    assertThat(ConsumerConfig.configNames()).containsAll(ClientDefaults.SOURCE.keySet());
    assertThat(ProducerConfig.configNames()).containsAll(ClientDefaults.SINK.keySet());
  }

  private static Properties sink(DeliveryGuarantee guarantee, Map<String, String> properties) {
    return properties(
        DecisionSink.of(
            new SinkSettings(
                "127.0.0.1:1",
                new OutputTopics("records", "dead"),
                guarantee,
                "prefix",
                Duration.ofMinutes(14),
                CommitFailure.FAIL,
                false,
                false,
                OutputHeaders.ALL,
                List.of(),
                properties)),
        "sink.kafkaProducerConfig");
  }

  private static Properties source(OffsetsInitializer until, Map<String, String> properties) {
    return properties(
        EnvelopeSource.of(
            new SourceSettings(
                "127.0.0.1:1",
                List.of("events"),
                "group",
                OffsetsInitializer.earliest(),
                until,
                properties)),
        "props");
  }

  /** The connector shows its clients' properties to its own package only. */
  private static Properties properties(Object connector, String field) {
    Properties[] found = new Properties[1];
    assertThat(connector)
        .extracting(field)
        .isInstanceOfSatisfying(Properties.class, value -> found[0] = value);
    return found[0];
  }
}
