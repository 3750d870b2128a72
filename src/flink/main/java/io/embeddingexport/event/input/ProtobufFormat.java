package io.embeddingexport.event.input;

import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import io.embeddingexport.event.protobuf.ProtobufPlan;
import io.embeddingexport.event.protobuf.ProtobufWalk;
import io.embeddingexport.event.registry.RegisteredSchema;
import java.util.List;
import java.util.Objects;

/** Decoders of Protobuf events. */
final class ProtobufFormat implements SchemaFormat {
  private final EventPlan plan;

  ProtobufFormat(EventPlan plan) {
    this.plan = plan;
  }

  @Override
  public boolean hasIndexes() {
    return true;
  }

  @Override
  public MappedEventDecoder ofFile(InFile file, byte[] schema) throws InvalidSchemaException {
    String message = Objects.requireNonNull(file.message());
    return decoder(ProtobufPlan.ofFile(file.file(), schema, message, plan));
  }

  @Override
  public MappedEventDecoder ofRegistry(
      String source, RegisteredSchema schema, List<Integer> indexes) throws InvalidSchemaException {
    schema.requireType(source, RegisteredSchema.PROTOBUF);
    return decoder(ProtobufPlan.ofText(source, schema.text(), schema.references(), indexes, plan));
  }

  private MappedEventDecoder decoder(ProtobufPlan protobuf) {
    return new MappedEventDecoder(plan, new ProtobufWalk(protobuf));
  }
}
