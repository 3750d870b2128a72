package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.ReadPosition;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a start reads, and from where. Immutable.
 *
 * @param inputTopics that events are read from
 * @param keyConfigTopic whose refused messages become dead letters; null: none
 * @param from where to start a topic of which there is no position
 * @param mustStartThere whether a start is refused if there are positions already
 */
public record StartOptions(
    List<String> inputTopics,
    @Nullable String keyConfigTopic,
    ReadPosition from,
    boolean mustStartThere)
    implements Serializable {
  private static final long serialVersionUID = 1;

  public StartOptions {
    inputTopics = List.copyOf(inputTopics);
  }

  boolean isKeyConfigTopic(String topic) {
    return topic.equals(keyConfigTopic);
  }
}
