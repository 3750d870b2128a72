package io.embeddingexport.event.input;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.json.JsonEvents;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.thrift.ThriftEventDecoder;
import org.jspecify.annotations.Nullable;

/**
 * How the events of an input are sent. Immutable.
 *
 * @param mapping where their parts are; null: in our own form
 */
public record EventInput(EventFormat format, @Nullable EventMapping mapping) {

  /** Events in our own form. */
  public static EventInput of(EventFormat format) {
    return new EventInput(format, null);
  }

  /** A decoder for one thread. */
  public EventDecoder newDecoder() {
    return switch (format) {
      case THRIFT -> new ThriftEventDecoder();
      case JSON -> JsonEvents.newDecoder(mapping == null ? JsonEvents.MAPPING : mapping);
    };
  }
}
