package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.text.SafeText;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Marks key configs invalid if their {@code output-topic} cannot take records. In force, they would
 * fail the job, or feed it its own output, again after each restart.
 */
final class OutputTopicCheck {
  private final Set<String> notForRecords;
  private final List<String> partitionsAs;
  private final Lookup lookup;
  private final Set<String> known = new HashSet<>();

  /** Looks topics up on the brokers. */
  interface Lookup {
    /** The topics among {@code names} that certainly do not exist. */
    Set<String> missing(Collection<String> names) throws InterruptedException;

    /** The number of partitions of each topic among {@code names} that can be described. */
    Map<String, Integer> partitions(Collection<String> names) throws InterruptedException;
  }

  /**
   * @param notForRecords topics that must not receive records
   * @param partitionsAs topics that an output topic must have as many partitions as; empty: any
   *     number will do
   */
  OutputTopicCheck(Set<String> notForRecords, List<String> partitionsAs, Lookup lookup) {
    this.notForRecords = Set.copyOf(notForRecords);
    this.partitionsAs = List.copyOf(partitionsAs);
    this.lookup = lookup;
  }

  /** The batch in order, with refused configs turned into {@link Invalid}. */
  List<ReceivedKeyConfig> check(List<ReceivedKeyConfig> batch) throws InterruptedException {
    Set<String> named =
        batch.stream()
            .map(OutputTopicCheck::outputTopic)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      return batch;
    }
    Map<String, String> unfit = unfit(named);
    return batch.stream().map(received -> check(received, unfit)).toList();
  }

  /** The topics that cannot take records, and why. A topic that can is not looked up again. */
  private Map<String, String> unfit(Set<String> named) throws InterruptedException {
    Map<String, String> unfit = new HashMap<>();
    Set<String> unknown = new HashSet<>(named);
    unknown.removeAll(known);
    for (String topic : notForRecords) {
      if (unknown.remove(topic)) {
        unfit.put(
            topic,
            "is the job's input, dead-letter or key-config topic; name another, or leave it out"
                + " to use the job's");
      }
    }
    if (!unknown.isEmpty()) {
      for (String topic : lookup.missing(unknown)) {
        unfit.put(topic, "does not exist; create it, and publish the key config again");
        unknown.remove(topic);
      }
    }
    if (!unknown.isEmpty() && !partitionsAs.isEmpty()) {
      unfit.putAll(tooSmall(unknown));
      unknown.removeAll(unfit.keySet());
    }
    known.addAll(unknown);
    return unfit;
  }

  private Map<String, String> tooSmall(Set<String> topics) throws InterruptedException {
    Set<String> asked = new HashSet<>(topics);
    asked.addAll(partitionsAs);
    Map<String, Integer> partitions = lookup.partitions(asked);
    int needed =
        partitionsAs.stream().mapToInt(topic -> partitions.getOrDefault(topic, 0)).max().orElse(0);
    Map<String, String> tooSmall = new HashMap<>();
    for (String topic : topics) {
      int found = partitions.getOrDefault(topic, needed);
      if (found < needed) {
        tooSmall.put(
            topic,
            "has "
                + found
                + " partitions but needs the "
                + needed
                + " of the input (output.partitions = as-input); add partitions, and publish the key"
                + " config again");
      }
    }
    return tooSmall;
  }

  private ReceivedKeyConfig check(ReceivedKeyConfig received, Map<String, String> unfit) {
    String topic = outputTopic(received);
    String why = topic == null ? null : unfit.get(topic);
    return why == null ? received : refused(received, topic, why);
  }

  private static @Nullable String outputTopic(ReceivedKeyConfig received) {
    return received.message() instanceof Publish publish ? publish.config().outputTopic() : null;
  }

  private static ReceivedKeyConfig refused(ReceivedKeyConfig received, String topic, String why) {
    String model = ((Publish) received.message()).model();
    return received.refusedAs(
        new Invalid(
            model,
            received.envelope()
                + ": key config of model "
                + SafeText.quoted(model)
                + ": output-topic "
                + SafeText.quoted(topic)
                + " "
                + why));
  }
}
