package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.text.SafeText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
  private final Lookup lookup;
  private final Set<String> known = new HashSet<>();

  /** Looks topics up on the brokers. */
  interface Lookup {
    /** The topics among {@code names} that certainly do not exist. */
    Set<String> missing(Collection<String> names) throws InterruptedException;
  }

  /**
   * @param notForRecords topics that must not receive records
   */
  OutputTopicCheck(Set<String> notForRecords, Lookup lookup) {
    this.notForRecords = Set.copyOf(notForRecords);
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
    Set<String> missing = missing(named);
    return batch.stream().map(received -> check(received, missing)).toList();
  }

  /** A topic found once is not looked up again. */
  private Set<String> missing(Set<String> named) throws InterruptedException {
    Set<String> unknown = new HashSet<>(named);
    unknown.removeAll(known);
    unknown.removeAll(notForRecords);
    Set<String> missing = unknown.isEmpty() ? Set.of() : lookup.missing(unknown);
    unknown.removeAll(missing);
    known.addAll(unknown);
    return missing;
  }

  private ReceivedKeyConfig check(ReceivedKeyConfig received, Set<String> missing) {
    String topic = outputTopic(received);
    if (topic == null) {
      return received;
    }
    if (notForRecords.contains(topic)) {
      return refused(
          received,
          topic,
          "is the job's input, dead-letter or key-config topic; name another, or none for the job's"
              + " own");
    }
    return missing.contains(topic)
        ? refused(received, topic, "does not exist; create it, and publish the key config again")
        : received;
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
