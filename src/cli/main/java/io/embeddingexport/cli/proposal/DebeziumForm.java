package io.embeddingexport.cli.proposal;

import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Group;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognises Debezium's change events by their fields. */
final class DebeziumForm {
  static final String PRESET = "preset: debezium\n";

  private static final Set<String> FIELDS = Set.of("before", "after", "op", "source");

  /** The fields of a row; null if the events are no change events, or none has a row. */
  static @Nullable Group row(FieldType event) {
    Map<String, FieldType> fields = event instanceof Group group ? group.fields() : Map.of();
    return fields.keySet().containsAll(FIELDS) && fields.get("after") instanceof Group row
        ? row
        : null;
  }

  private DebeziumForm() {}
}
