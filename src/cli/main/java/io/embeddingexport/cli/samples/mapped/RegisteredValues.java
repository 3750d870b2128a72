package io.embeddingexport.cli.samples.mapped;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.event.registry.FoundSchema;
import java.nio.ByteBuffer;

/**
 * Writes the id of a registry's schema before the event, as the registry's serializers do.
 *
 * <pre>
 * value   = 00 id:i32 [indexes] event
 * indexes = 00                         of the first message of a Protobuf schema
 * </pre>
 *
 * @param schema of all events
 */
record RegisteredValues(FoundSchema schema, ValueEncoder events) implements ValueEncoder {

  @Override
  public byte[] encode(Fields event) throws CommandException {
    byte[] bare = events.encode(event);
    int indexes = schema.indexes().isEmpty() ? 0 : 1;
    return ByteBuffer.allocate(1 + Integer.BYTES + indexes + bare.length)
        .put((byte) 0)
        .putInt(schema.id())
        .put(new byte[indexes])
        .put(bare)
        .array();
  }
}
