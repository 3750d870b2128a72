package io.embeddingexport.keys;

import io.embeddingexport.datarecord.RecordTemplate;
import java.util.List;
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
 * @param eventTimeKey feature id under which the event time (ms since the epoch) is written as a
 *     discrete feature; null: not written
 * @param outputTopic topic of this model's records; null: the job's
 */
public record KeyConfig(
    String model,
    long version,
    List<KeySpec> keys,
    @Nullable Long entityIdKey,
    @Nullable Long eventTimeKey,
    @Nullable String outputTopic)
    implements ModelState {

  public KeyConfig {
    keys = List.copyOf(keys);
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
