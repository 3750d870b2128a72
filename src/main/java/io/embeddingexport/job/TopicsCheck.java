package io.embeddingexport.job;

import io.embeddingexport.kafka.ClientDefaults;
import io.embeddingexport.kafka.DeadLetters;
import io.embeddingexport.kafka.KeyConfigTopicSettings;
import io.embeddingexport.kafka.SinkSettings;
import io.embeddingexport.kafka.SourceSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** The part of preflight that looks at topics. */
final class TopicsCheck {
  private static final long STOCK_MAX_MESSAGE_BYTES = 1_048_588;

  /** What a dead-letter topic must take if the input topic is as a stock broker makes it. */
  static final long DEAD_LETTER_BYTES = STOCK_MAX_MESSAGE_BYTES + DeadLetters.MAX_ADDED_BYTES;

  private final Preflight preflight;
  private final Admin admin;

  TopicsCheck(Preflight preflight, Admin admin) {
    this.preflight = preflight;
    this.admin = admin;
  }

  /** The topics that are there and may be seen. */
  Map<String, TopicState> run(Set<String> names) throws InterruptedException, TimeoutException {
    Map<String, TopicState> topics = new LinkedHashMap<>();
    for (String name : names) {
      TopicDescription description = preflight.describe(admin, name);
      if (description != null) {
        Config config =
            preflight.describe(
                admin,
                new ConfigResource(ConfigResource.Type.TOPIC, name),
                "topic " + name + "'s max.message.bytes and cleanup.policy");
        if (config != null) {
          topics.put(name, TopicState.of(name, config));
        }
      }
    }
    return topics;
  }

  /** Finds what the topics' settings would make fail. */
  static void compare(
      JobSettings settings, Map<String, TopicState> topics, List<Finding> findings) {
    SourceSettings source = settings.source();
    SinkSettings sink = settings.sink();
    KeyConfigTopicSettings keyConfigs = settings.keyConfigTopic();
    List<String> inputs = new ArrayList<>(source.topics());
    if (keyConfigs != null) {
      inputs.add(keyConfigs.topic()); // what is refused of it becomes a dead letter, too
      compareKeyConfigs(topics.get(keyConfigs.topic()), source, findings);
    }
    long largestInput =
        inputs.stream()
            .filter(topics::containsKey)
            .mapToLong(topic -> topics.get(topic).maxMessageBytes())
            .max()
            .orElse(0);
    long needed = largestInput + DeadLetters.MAX_ADDED_BYTES;
    TopicState deadLetters = topics.get(sink.topics().deadLetters());
    if (deadLetters != null) {
      compareDeadLetters(deadLetters, largestInput == 0 ? 0 : needed, source, findings);
    }
    String maxRequest =
        sink.properties()
            .getOrDefault("max.request.size", ClientDefaults.SINK.get("max.request.size"));
    if (maxRequest.matches("\\d{1,18}") && Long.parseLong(maxRequest) < needed) {
      findings.add(
          Finding.error(
              JobOptions.SINK_PREFIX
                  + "max.request.size = "
                  + maxRequest
                  + ": a dead letter of the largest event the input takes needs "
                  + needed
                  + "; raise it"));
    }
  }

  private static void compareKeyConfigs(
      @Nullable TopicState topic, SourceSettings source, List<Finding> findings) {
    if (topic != null && (!topic.compacted() || topic.expires())) {
      findings.add(
          Finding.error(
              "key-config topic "
                  + topic.name()
                  + " has cleanup.policy="
                  + topic.cleanupPolicy()
                  + ", under which key configs vanish with age; "
                  + alter(topic, source)
                  + "cleanup.policy=compact"));
    }
  }

  private static String alter(TopicState topic, SourceSettings source) {
    return "kafka-configs.sh --bootstrap-server "
        + source.bootstrapServers()
        + " --alter --entity-type topics --entity-name "
        + topic.name()
        + " --add-config ";
  }

  private static void compareDeadLetters(
      TopicState topic, long needed, SourceSettings source, List<Finding> findings) {
    String alter = alter(topic, source);
    if (topic.compacted()) {
      findings.add(
          Finding.error(
              "dead-letter topic "
                  + topic.name()
                  + " is compacted, which refuses letters without a key and drops others; "
                  + alter
                  + "cleanup.policy=delete"));
    }
    if (topic.maxMessageBytes() < needed) {
      findings.add(
          Finding.error(
              "dead-letter topic "
                  + topic.name()
                  + " takes "
                  + topic.maxMessageBytes()
                  + " bytes, and a dead letter of the largest event the input takes needs "
                  + needed
                  + "; "
                  + alter
                  + "max.message.bytes="
                  + needed));
    }
  }
}
