package io.embeddingexport.event.json;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.EventMapping.AllIn;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.FieldPath;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.MappedEventDecoder;
import java.util.Objects;

/** Our own form of JSON events, which {@code docs/events.md} describes. */
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

  /** A decoder of events with this mapping, for one thread. */
  public static EventDecoder newDecoder(EventMapping mapping) {
    EventPlan plan = EventPlan.of(mapping);
    return new MappedEventDecoder(plan, new JsonWalk(plan));
  }

  private JsonEvents() {}
}
