package io.embeddingexport.kafka;

import io.embeddingexport.flink.Envelope;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;

/** Makes the job's source. */
public final class EnvelopeSource {

  public static KafkaSource<Envelope> of(SourceSettings settings) {
    Properties properties = new Properties();
    properties.putAll(ClientDefaults.SOURCE);
    properties.putAll(settings.properties());
    if (settings.until() == null) {
      // A bounded source never looks for partitions again, and warns if told how often.
      properties.putIfAbsent("partition.discovery.interval.ms", "60000");
    }
    KafkaSourceBuilder<Envelope> source =
        KafkaSource.<Envelope>builder()
            .setProperties(properties)
            .setBootstrapServers(settings.bootstrapServers())
            .setGroupId(settings.groupId())
            .setClientIdPrefix(settings.groupId())
            .setTopics(settings.topics())
            .setStartingOffsets(settings.from())
            .setDeserializer(new EnvelopeDeserializationSchema());
    if (settings.until() != null) {
      source.setBounded(settings.until());
    }
    return source.build();
  }

  private EnvelopeSource() {}
}
