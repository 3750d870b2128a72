package io.embeddingexport.kafka;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.jspecify.annotations.Nullable;

/**
 * What the source reads.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param groupId consumer group whose committed offsets show how far the job is
 * @param from where to start without a checkpoint
 * @param until where to stop; null: never
 * @param properties consumer properties that go over our defaults
 */
public record SourceSettings(
    String bootstrapServers,
    List<String> topics,
    String groupId,
    OffsetsInitializer from,
    @Nullable OffsetsInitializer until,
    Map<String, String> properties) {

  public SourceSettings {
    topics = List.copyOf(topics);
    properties = Map.copyOf(properties);
  }
}
