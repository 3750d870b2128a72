package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;

/** Decoders of events that are Protobuf messages without anything before them. */
public final class ProtobufEvents {

  /**
   * A decoder of one message's events, for one thread.
   *
   * @param message as {@link ProtobufSchemas} reads it
   * @throws InvalidSchemaException if the message does not have what the mapping asks for
   */
  public static EventDecoder newDecoder(EventMapping mapping, Descriptor message)
      throws InvalidSchemaException {
    EventPlan plan = EventPlan.of(mapping);
    return new MappedEventDecoder(plan, new ProtobufWalk(ProtobufPlan.of(plan, message)));
  }

  private ProtobufEvents() {}
}
