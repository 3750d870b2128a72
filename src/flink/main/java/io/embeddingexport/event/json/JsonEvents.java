package io.embeddingexport.event.json;

import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import java.util.Objects;

/** Our own form of JSON events, which {@code docs/events/own-form.md} describes. */
public final class JsonEvents {
  /** Where the parts are. */
  public static final EventMapping MAPPING =
      new EventMapping(
          at("entityId"),
          EntityIdForm.DECIMAL,
          at("model"),
          at("eventTimeMillis"),
          EventTimeUnit.MILLIS,
          at("keyConfigVersion"),
          null,
          new AllIn(path("tensors")));

  private static ValueSource at(String field) {
    return new AtPath(path(field));
  }

  private static FieldPath path(String field) {
    return Objects.requireNonNull(FieldPath.parse(field));
  }

  private JsonEvents() {}
}
