package io.embeddingexport.event.input;

import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventMapping.DeletionMark;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.EventMapping.Tensors;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The preset for Debezium's change events.
 *
 * <pre>
 * event = { "before": row | null, "after": row | null, "op": "c" | "u" | "r" | "d",
 *           "source": { "ts_ms": number, ... }, ... }
 * </pre>
 *
 * A mapping's paths are in the row {@code after}. The event time is when the database made the
 * change, if the mapping says nothing else. A {@code d} deletes.
 */
final class Debezium {
  /** Where the JSON converter puts the event if it sends its schema too. */
  static final FieldPath WRAPPER = path("payload");

  private static final FieldPath ROW = path("after");

  static EventMapping complete(EventMapping mapping) {
    ValueSource eventTime = inRow(mapping.eventTime());
    return new EventMapping(
        Objects.requireNonNull(inRow(mapping.entityId())),
        mapping.entityIdForm(),
        Objects.requireNonNull(inRow(mapping.model())),
        eventTime == null ? new AtPath(path("source.ts_ms")) : eventTime,
        eventTime == null ? EventTimeUnit.MILLIS : mapping.eventTimeUnit(),
        inRow(mapping.keyConfigVersion()),
        mapping.deletion() == null
            ? new DeletionMark(new AtPath(path("op")), "d")
            : mapping.deletion(),
        inRow(mapping.tensors()));
  }

  private static Tensors inRow(Tensors tensors) {
    if (tensors instanceof AllIn all) {
      return new AllIn(all.path().in(ROW));
    }
    return new Listed(
        ((Listed) tensors)
            .tensors().stream()
                .map(tensor -> tensor.at(Objects.requireNonNull(inRow(tensor.source()))))
                .toList());
  }

  private static @Nullable ValueSource inRow(@Nullable ValueSource source) {
    return source instanceof AtPath at ? new AtPath(at.path().in(ROW)) : source;
  }

  private static FieldPath path(String text) {
    return Objects.requireNonNull(FieldPath.parse(text));
  }

  private Debezium() {}
}
