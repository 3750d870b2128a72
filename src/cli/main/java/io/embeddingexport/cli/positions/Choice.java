package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.kafka.positions.PositionReport;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The chosen partitions.
 *
 * @param partitions in addition to those of {@code topics}; both empty: all
 */
record Choice(Set<TopicPartition> partitions, Set<String> topics) {

  /**
   * Reads a choice.
   *
   * @param partitions {@code TOPIC:N} each, or {@code N} if there is one topic
   * @param inputTopics all topics that the job reads
   * @throws IllegalArgumentException if one is neither; the message says what is allowed
   */
  static Choice of(
      Collection<String> partitions, Collection<String> topics, List<String> inputTopics) {
    Set<TopicPartition> chosen = new LinkedHashSet<>();
    for (String partition : partitions) {
      chosen.add(partition(partition, inputTopics));
    }
    for (String topic : topics) {
      if (!inputTopics.contains(topic)) {
        throw new IllegalArgumentException(
            "--topic %s: is not an input topic (%s)"
                .formatted(topic, String.join(", ", inputTopics)));
      }
    }
    return new Choice(chosen, Set.copyOf(topics));
  }

  private static TopicPartition partition(String text, List<String> topics) {
    int colon = text.lastIndexOf(':');
    String topic = colon >= 0 ? text.substring(0, colon) : topics.get(0);
    String number = text.substring(colon + 1);
    if (!number.matches("\\d{1,9}")
        || !topics.contains(topic)
        || (colon < 0 && topics.size() > 1)) {
      throw new IllegalArgumentException(
          "--partition %s: write TOPIC:NUMBER, of an input topic (%s)"
              .formatted(text, String.join(", ", topics)));
    }
    return new TopicPartition(topic, Integer.parseInt(number));
  }

  boolean includes(TopicPartition partition) {
    return (partitions.isEmpty() && topics.isEmpty())
        || partitions.contains(partition)
        || topics.contains(partition.topic());
  }

  /**
   * @throws CommandException if a topic does not have one of the partitions
   */
  void requireInputs(PositionReport report) throws CommandException {
    Set<TopicPartition> unknown = new LinkedHashSet<>(partitions);
    report.inputs().forEach(input -> unknown.remove(input.partition()));
    if (!unknown.isEmpty()) {
      throw new CommandException(
          "--partition %s: no input topic has that partition; nothing is committed"
              .formatted(String.join(", ", unknown.stream().map(String::valueOf).toList())));
    }
  }
}
