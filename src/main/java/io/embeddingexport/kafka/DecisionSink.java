package io.embeddingexport.kafka;

import io.embeddingexport.flink.Decision;
import io.embeddingexport.kafka.commit.CheckedSink;
import io.embeddingexport.kafka.commit.CommitSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Makes the job's one sink: records, tombstones and dead letters leave in one transaction.
 *
 * <p>The transaction naming strategy stays at Flink's default, INCREMENTING: POOLING needs READ on
 * the output topics and aborts every transaction whose id starts with our prefix, other jobs' too.
 */
public final class DecisionSink {

  /**
   * A sink whose commits are checked. One that is not exactly-once begins no transactions; but it
   * commits those of the checkpoint it starts from, which Flink's own would leave open.
   */
  public static Sink<Decision> of(SinkSettings settings) {
    KafkaSink<Decision> writing = unchecked(settings, settings.guarantee());
    KafkaSink<Decision> committing =
        settings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE
            ? writing
            : unchecked(settings, DeliveryGuarantee.EXACTLY_ONCE);
    return new CheckedSink(writing, committing, commits(settings));
  }

  private static CommitSettings commits(SinkSettings settings) {
    Map<String, String> properties = new HashMap<>(settings.properties());
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return new CommitSettings(
        settings.commitFailure(),
        settings.acceptLoss(),
        // At least once, that is what may happen after every failure.
        settings.acceptDuplicates() || settings.guarantee() != DeliveryGuarantee.EXACTLY_ONCE,
        settings.transactionTimeout(),
        settings.transactionalIdPrefix(),
        properties);
  }

  private static KafkaSink<Decision> unchecked(SinkSettings settings, DeliveryGuarantee guarantee) {
    Properties properties = new Properties();
    properties.putAll(ClientDefaults.SINK);
    properties.putAll(settings.properties());
    KafkaSinkBuilder<Decision> sink =
        KafkaSink.<Decision>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setDeliveryGuarantee(guarantee)
            .setRecordSerializer(
                new DecisionSerializationSchema(
                    settings.topics(), settings.headers(), settings.forwardHeaders()));
    if (guarantee == DeliveryGuarantee.EXACTLY_ONCE) {
      // The connector's own default of one hour is refused by a stock broker, whose maximum is 15
      // min.
      properties.setProperty(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          Long.toString(settings.transactionTimeout().toMillis()));
      sink.setTransactionalIdPrefix(settings.transactionalIdPrefix());
    }
    return sink.setKafkaProducerConfig(properties).build();
  }

  private DecisionSink() {}
}
