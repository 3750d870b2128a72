package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.avro.AvroSchemas;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.ProtobufSchemas;
import io.embeddingexport.event.registry.FoundSchema;
import io.embeddingexport.event.registry.RegisteredSchema;
import io.embeddingexport.event.registry.SchemaLookup;
import java.util.Map;
import java.util.Objects;

/** Writes an event's values in a format. Not thread-safe. */
interface ValueEncoder {

  /**
   * The message's value.
   *
   * @throws CommandException if the schema has no place for a value
   */
  byte[] encode(Fields event) throws CommandException;

  /**
   * The encoder of an input's format and schema. A registry gives the newest schema of {@code
   * TOPIC-value}, and its first message if it is Protobuf.
   *
   * @param files contents of the files that the input names, by those names
   * @throws CommandException if the schema cannot be read
   */
  static ValueEncoder of(EventInput input, Map<String, byte[]> files, String topic)
      throws CommandException {
    boolean isAvro = input.format() == EventFormat.AVRO;
    try {
      if (input.schema() instanceof InRegistry registry) {
        FoundSchema found = SchemaLookup.latest(registry.settings(), topic + "-value");
        return new RegisteredValues(found, ofRegistry(found, isAvro));
      }
      if (input.schema() instanceof InFile file) {
        byte[] schema = Objects.requireNonNull(files.get(file.file()));
        return isAvro
            ? new AvroValues(AvroSchemas.parse(file.file(), schema))
            : new ProtobufValues(
                ProtobufSchemas.ofFile(
                    file.file(), schema, Objects.requireNonNull(file.message())));
      }
    } catch (InvalidSchemaException e) {
      throw new CommandException(e.getMessage());
    }
    return new JsonValues();
  }

  private static ValueEncoder ofRegistry(FoundSchema found, boolean isAvro)
      throws InvalidSchemaException {
    RegisteredSchema schema = found.schema();
    schema.requireType(found.source(), isAvro ? RegisteredSchema.AVRO : RegisteredSchema.PROTOBUF);
    return isAvro
        ? new AvroValues(
            AvroSchemas.parse(
                found.source(), schema.text().getBytes(UTF_8), schema.references().values()))
        : new ProtobufValues(
            ProtobufSchemas.ofText(
                found.source(), schema.text(), schema.references(), found.indexes()));
  }
}
