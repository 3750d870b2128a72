package io.embeddingexport.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the source.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param groupId consumer group whose committed offsets are the job's positions
 * @param from where to start a topic for which the group has no position
 * @param mustStartThere whether a start is refused if the group already has positions
 * @param until where to stop; null: never
 * @param discoveryInterval time between two searches for added partitions
 * @param properties consumer properties that override our defaults
 */
public record SourceSettings(
    String bootstrapServers,
    List<String> topics,
    String groupId,
    ReadPosition from,
    boolean mustStartThere,
    @Nullable ReadPosition until,
    Duration discoveryInterval,
    Map<String, String> properties)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public SourceSettings {
    topics = List.copyOf(topics);
    properties = Map.copyOf(properties);
  }

  /** These settings, for other topics. */
  public SourceSettings of(List<String> others) {
    return new SourceSettings(
        bootstrapServers,
        others,
        groupId,
        from,
        mustStartThere,
        until,
        discoveryInterval,
        properties);
  }
}
