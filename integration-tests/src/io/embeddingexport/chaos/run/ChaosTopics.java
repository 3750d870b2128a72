package io.embeddingexport.chaos.run;

import io.embeddingexport.cli.clients.NewTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics of a run, made as docs/deploy.md says. Nothing expires from them.
 *
 * @param replicas of each; with more than one, one may be away
 */
record ChaosTopics(String input, String configs, String records, String letters, int replicas) {
  static final int INPUTS = 6;
  private static final int RECORDS = 4;
  private static final int LETTERS = 2;

  static ChaosTopics replicated(int replicas) {
    return new ChaosTopics(
        "chaos-events", "chaos-configs", "chaos-records", "chaos-letters", replicas);
  }

  void create(Admin admin) throws InterruptedException {
    NewTopics.create(
        admin,
        List.of(
            topic(input, INPUTS, Map.of()),
            newConfigs(),
            topic(records, RECORDS, Map.of()),
            topic(letters, LETTERS, Map.of("max.message.bytes", "2097152"))));
  }

  NewTopic newConfigs() {
    return topic(configs, 1, Map.of("cleanup.policy", "compact"));
  }

  private NewTopic topic(String name, int partitions, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("retention.ms", "-1");
    all.put("min.insync.replicas", Integer.toString(Math.max(1, replicas - 1)));
    return new NewTopic(name, partitions, (short) replicas).configs(all);
  }

  List<TopicPartition> inputPartitions() {
    return partitions(input, INPUTS).toList();
  }

  List<TopicPartition> outputPartitions() {
    return Stream.concat(partitions(records, RECORDS), partitions(letters, LETTERS)).toList();
  }

  private static Stream<TopicPartition> partitions(String topic, int count) {
    return IntStream.range(0, count).mapToObj(number -> new TopicPartition(topic, number));
  }
}
