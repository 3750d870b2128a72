package io.embeddingexport.keys;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One difference between two key configs of a model. Its text is for people. */
public sealed interface KeyConfigChange permits TensorChange, KeyConfigChange.OfConfig {

  /** The difference, on one line: {@code tensor 'a': shape [128] → [256]}. */
  String text();

  /** The clients that must change along with it; empty: none. */
  Set<AffectedClients> affects();

  /** A change of the config as a whole. */
  sealed interface OfConfig extends KeyConfigChange {}

  /**
   * The tensors that both have are in another order. If two of one type and shape swap places, no
   * event is rejected: they land under each other's keys.
   *
   * @param from their names in the old order
   * @param to the names of the same tensors in the new order
   */
  record Reordered(List<String> from, List<String> to) implements OfConfig {
    public Reordered {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    @Override
    public String text() {
      return "order: " + String.join(", ", from) + " → " + String.join(", ", to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(AffectedClients.SENDERS_BY_POSITION);
    }
  }

  /** The records go to another topic; null: the job's output topic. */
  record OutputTopicChanged(@Nullable String from, @Nullable String to) implements OfConfig {
    @Override
    public String text() {
      return "output-topic: " + title(from) + " → " + title(to);
    }

    private static String title(@Nullable String topic) {
      return topic == null ? "the job's" : topic;
    }

    @Override
    public Set<AffectedClients> affects() {
      return Set.of(AffectedClients.READERS);
    }
  }

  /** The feature of the entity id changes; null: none. */
  record EntityIdFeatureChanged(@Nullable Long from, @Nullable Long to) implements OfConfig {
    @Override
    public String text() {
      return "entity-id-feature: " + key(from) + " → " + key(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return from == null ? Set.of() : Set.of(AffectedClients.READERS);
    }
  }

  /** The feature of the entity id's text changes; null: none. Ids without a text are rejected. */
  record EntityTextFeatureChanged(@Nullable Long from, @Nullable Long to) implements OfConfig {
    @Override
    public String text() {
      return "entity-id-text-feature: " + key(from) + " → " + key(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return from == null ? Set.of(AffectedClients.SENDERS) : Set.of(AffectedClients.READERS);
    }
  }

  /** The feature of the event time changes; null: none. Events without a time are rejected. */
  record EventTimeFeatureChanged(@Nullable Long from, @Nullable Long to) implements OfConfig {
    @Override
    public String text() {
      return "event-time-feature: " + key(from) + " → " + key(to);
    }

    @Override
    public Set<AffectedClients> affects() {
      return from == null ? Set.of(AffectedClients.SENDERS) : Set.of(AffectedClients.READERS);
    }
  }

  private static String key(@Nullable Long key) {
    return key == null ? "none" : key.toString();
  }
}
