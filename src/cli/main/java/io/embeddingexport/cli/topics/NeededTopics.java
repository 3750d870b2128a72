package io.embeddingexport.cli.topics;

import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that a job needs, in the order of the data flow. */
final class NeededTopics {
  /** A stock broker's largest message, plus 64 KiB for a dead letter. */
  private static final int DEAD_LETTER_BYTES = 1_048_588 + (64 << 10);

  /**
   * A topic.
   *
   * @param partitions 0: as many as the user wants
   * @param settings in addition to the broker's defaults
   */
  record Needed(String name, int partitions, Map<String, String> settings) {}

  static List<Needed> of(JobSettings settings) {
    Map<String, Needed> topics = new LinkedHashMap<>();
    settings.source().topics().forEach(name -> add(new Needed(name, 0, Map.of()), topics));
    KeyConfigTopicSettings keyConfigs = settings.keyConfigTopic();
    if (keyConfigs != null) {
      add(
          new Needed(
              keyConfigs.topic(),
              1,
              Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)),
          topics);
    }
    add(new Needed(settings.sink().topics().records(), 0, Map.of()), topics);
    for (KeyConfig config : settings.keyConfigs()) {
      add(new Needed(settings.sink().topics().records(config.outputTopic()), 0, Map.of()), topics);
    }
    add(
        new Needed(
            settings.sink().topics().deadLetters(),
            0,
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(DEAD_LETTER_BYTES),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE)),
        topics);
    return new ArrayList<>(topics.values());
  }

  private static void add(Needed topic, Map<String, Needed> topics) {
    topics.putIfAbsent(topic.name(), topic);
  }

  private NeededTopics() {}
}
