package io.embeddingexport.event.input;

import io.embeddingexport.event.avro.AvroPlan;
import io.embeddingexport.event.avro.AvroWalk;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import io.embeddingexport.event.registry.RegisteredSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Decoders of Avro events. */
final class AvroFormat implements SchemaFormat {
  private final EventPlan plan;

  AvroFormat(EventPlan plan) {
    this.plan = plan;
  }

  @Override
  public boolean hasIndexes() {
    return false;
  }

  @Override
  public MappedEventDecoder ofFile(InFile file, byte[] schema) throws InvalidSchemaException {
    AvroPlan avro = AvroPlan.of(file.file(), schema, plan);
    if (!avro.missing().isEmpty()) {
      // All events are of this schema, so they would never have it.
      throw new InvalidSchemaException(file.file(), avro.missing());
    }
    return decoder(avro);
  }

  @Override
  public MappedEventDecoder ofRegistry(
      String source, RegisteredSchema schema, List<Integer> indexes) throws InvalidSchemaException {
    schema.requireType(source, RegisteredSchema.AVRO);
    return decoder(
        AvroPlan.of(
            source,
            schema.text().getBytes(StandardCharsets.UTF_8),
            schema.references().values(),
            plan));
  }

  private MappedEventDecoder decoder(AvroPlan avro) {
    return new MappedEventDecoder(plan, new AvroWalk(avro));
  }
}
