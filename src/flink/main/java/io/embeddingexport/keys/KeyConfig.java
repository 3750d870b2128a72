package io.embeddingexport.keys;

import io.embeddingexport.datarecord.FeatureNames;
import io.embeddingexport.datarecord.RecordTemplate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Defines how the events of one model become records: position i of {@code keys} describes tensor i
 * of an event. Only {@link KeyConfigParser} guarantees validity. Immutable.
 *
 * @param model the name by which events select it
 * @param version 1 or more; grows with every change
 * @param keys in the order of the record
 * @param entityIdKey feature id under which the entity id is written as a discrete feature; null:
 *     not written
 * @param entityTextKey feature id under which the text that the entity id was made of is written as
 *     a string feature; null: not written
 * @param eventTimeKey feature id under which the event time (ms since the epoch) is written as a
 *     discrete feature; null: not written
 * @param outputTopic topic of this model's records; null: the job's
 * @param consumers who reads the records; empty if not stated. For people: configs are equal
 *     whatever these are
 * @param features the names that feature ids were derived from, by id, where such were given. For
 *     people: configs are equal whatever these are
 */
@PublicEvolving
public record KeyConfig(
    String model,
    long version,
    List<KeySpec> keys,
    @Nullable Long entityIdKey,
    @Nullable Long entityTextKey,
    @Nullable Long eventTimeKey,
    @Nullable String outputTopic,
    Set<ConsumerProfile> consumers,
    Map<Long, String> features)
    implements ModelState {

  public KeyConfig {
    keys = List.copyOf(keys);
    consumers = Set.copyOf(consumers);
    features = Map.copyOf(features);
  }

  /** One that names no features and no consumers, and does not write the entity id's text. */
  public KeyConfig(
      String model,
      long version,
      List<KeySpec> keys,
      @Nullable Long entityIdKey,
      @Nullable Long eventTimeKey,
      @Nullable String outputTopic) {
    this(model, version, keys, entityIdKey, null, eventTimeKey, outputTopic, Set.of(), Map.of());
  }

  /** Whether both make the same records of the same events, as the same version. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyConfig config
        && model.equals(config.model)
        && version == config.version
        && keys.equals(config.keys)
        && Objects.equals(entityIdKey, config.entityIdKey)
        && Objects.equals(entityTextKey, config.entityTextKey)
        && Objects.equals(eventTimeKey, config.eventTimeKey)
        && Objects.equals(outputTopic, config.outputTopic);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        model, version, keys, entityIdKey, entityTextKey, eventTimeKey, outputTopic);
  }

  /** The ids of the tensors by the names of their keys, for those who read the records. */
  public FeatureNames featureNames() {
    return new FeatureNames(keys.stream().collect(Collectors.toMap(KeySpec::name, KeySpec::key)));
  }

  /**
   * The record's template: the discrete features, entity id first, then the tensors, all in this
   * config's order.
   */
  public RecordTemplate.Builder template() {
    RecordTemplate.Builder template = RecordTemplate.builder();
    if (entityIdKey != null) {
      template.discrete(entityIdKey);
    }
    if (eventTimeKey != null) {
      template.discrete(eventTimeKey);
    }
    for (KeySpec spec : keys) {
      template.tensor(spec.key(), spec.dataType(), spec.shape(), spec.encoding());
    }
    return template;
  }
}
