package io.embeddingexport.event.mapping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of an event are. Immutable.
 *
 * @param eventTime null if the events have none
 * @param eventTimeUnit null: what the events' schema says, or milliseconds
 * @param keyConfigVersion null if the events have none
 * @param deletion null: no event deletes its entity's record
 */
public record EventMapping(
    ValueSource entityId,
    EntityIdForm entityIdForm,
    ValueSource model,
    @Nullable ValueSource eventTime,
    @Nullable EventTimeUnit eventTimeUnit,
    @Nullable ValueSource keyConfigVersion,
    @Nullable DeletionMark deletion,
    Tensors tensors) {

  /**
   * What marks an event that deletes its entity's record.
   *
   * @param value the text that {@code source} then has
   */
  public record DeletionMark(ValueSource source, String value) {}

  /** Where the tensors are. */
  public sealed interface Tensors {}

  /** Each where it says. */
  public record Listed(List<TensorSource> tensors) implements Tensors {
    public Listed {
      tensors = List.copyOf(tensors);
    }
  }

  /**
   * All in one field: an object or map gives tensors by name, and a list gives tensors by position.
   */
  public record AllIn(FieldPath path) implements Tensors {}
}
