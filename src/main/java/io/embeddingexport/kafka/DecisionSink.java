package io.embeddingexport.kafka;

import io.embeddingexport.flink.Decision;
import java.util.Properties;
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

  public static KafkaSink<Decision> of(SinkSettings settings) {
    Properties properties = new Properties();
    properties.putAll(ClientDefaults.SINK);
    properties.putAll(settings.properties());
    KafkaSinkBuilder<Decision> sink =
        KafkaSink.<Decision>builder()
            .setBootstrapServers(settings.bootstrapServers())
            .setDeliveryGuarantee(settings.guarantee())
            .setRecordSerializer(
                new DecisionSerializationSchema(settings.topics(), settings.forwardHeaders()));
    if (settings.guarantee() == DeliveryGuarantee.EXACTLY_ONCE) {
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
