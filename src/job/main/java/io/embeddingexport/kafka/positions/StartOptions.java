package io.embeddingexport.kafka.positions;

import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The topics that a start reads, and where it reads from. Immutable.
 *
 * @param inputTopics topics of events
 * @param keyConfigTopic topic whose refused messages become dead letters; null: none
 * @param from where to start a topic without a position
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

  /**
   * @param keyConfigs topic whose refused messages become dead letters; null: none
   */
  public static StartOptions of(
      SourceSettings source, @Nullable KeyConfigTopicSettings keyConfigs) {
    return new StartOptions(
        source.topics(),
        keyConfigs == null ? null : keyConfigs.topic(),
        source.from(),
        source.mustStartThere());
  }

  /** All topics whose partitions are started. */
  List<String> topics() {
    List<String> all = new ArrayList<>(inputTopics);
    if (keyConfigTopic != null) {
      all.add(keyConfigTopic);
    }
    return all;
  }

  boolean isKeyConfigTopic(String topic) {
    return topic.equals(keyConfigTopic);
  }
}
