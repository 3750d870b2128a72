package io.embeddingexport.cli.topics;

import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.sink.DeadLetters;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topics that a job needs, in the order of the data flow. */
final class NeededTopics {
  /** The largest message of a stock broker. */
  private static final int STOCK_BYTES = 1_048_588;

  /** Room for the key and headers of a record. */
  private static final int RECORD_ROOM_BYTES = 16 << 10;

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
    Map<String, String> ofRecords = ofRecords(settings.limits().maxRecordBytes());
    add(new Needed(settings.sink().topics().records(), 0, ofRecords), topics);
    for (KeyConfig config : settings.keyConfigs()) {
      add(new Needed(settings.sink().topics().records(config.outputTopic()), 0, ofRecords), topics);
    }
    add(
        new Needed(
            settings.sink().topics().deadLetters(),
            0,
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)),
        topics);
    return new ArrayList<>(topics.values());
  }

  /**
   * The {@code max.message.bytes} of a dead-letter topic: a dead letter is its input and more.
   *
   * @param sources the {@code max.message.bytes} of the input topics and the key-config topic, as
   *     far as they may be seen
   */
  static long largestDeadLetter(Collection<Long> sources) {
    long largest = sources.stream().mapToLong(Long::longValue).max().orElse(STOCK_BYTES);
    return Math.min(largest + DeadLetters.MAX_ADDED_BYTES, Integer.MAX_VALUE);
  }

  private static Map<String, String> ofRecords(int maxRecordBytes) {
    long needed = (long) maxRecordBytes + RECORD_ROOM_BYTES;
    return needed <= STOCK_BYTES
        ? Map.of()
        : Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(needed));
  }

  private static void add(Needed topic, Map<String, Needed> topics) {
    topics.putIfAbsent(topic.name(), topic);
  }

  private NeededTopics() {}
}
