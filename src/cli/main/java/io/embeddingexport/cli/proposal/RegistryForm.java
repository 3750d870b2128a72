package io.embeddingexport.cli.proposal;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.avro.AvroFields;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.ProtobufFields;
import io.embeddingexport.event.registry.FoundSchema;
import io.embeddingexport.event.registry.RegisteredSchema;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.event.registry.RegistrySettings;
import io.embeddingexport.event.registry.RegistryUnavailableException;
import io.embeddingexport.event.registry.SchemaLookup;
import io.embeddingexport.event.registry.SchemaRegistry;
import io.embeddingexport.event.registry.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Messages whose schema is in a registry. */
final class RegistryForm {
  private final List<? extends EventMessage> messages;
  private final SchemaHint hint;

  RegistryForm(List<? extends EventMessage> messages, SchemaHint hint) {
    this.messages = messages;
    this.hint = hint;
  }

  SentForm find() throws CommandException {
    Set<FoundSchema> schemas = schemas();
    String type = schemas.iterator().next().schema().type();
    FieldType fields = Leaf.OTHER;
    for (FoundSchema schema : schemas) {
      if (schema.schema().type().equals(type)) {
        fields = FieldType.merge(fields, fields(schema));
      }
    }
    boolean avro = type.equals(RegisteredSchema.AVRO);
    Group row = avro ? DebeziumForm.row(fields) : null;
    Group all = row == null && fields instanceof Group group ? group : row;
    if (all == null) {
      throw new CommandException("the schemas of the messages have no fields in common");
    }
    String head =
        (avro ? "format: avro\n" : "format: protobuf\n")
            + (row == null ? "" : DebeziumForm.PRESET)
            + SchemaFileForm.schema(hint.registryYaml());
    String title =
        row != null ? "Debezium's change events in Avro" : avro ? "Avro" : "Protobuf messages";
    return SentForm.of(title + " with schemas of the registry", head, all);
  }

  private Set<FoundSchema> schemas() throws CommandException {
    SchemaLookup lookup = new SchemaLookup(new SchemaRegistry(settings(), RegistryListener.NONE));
    Set<FoundSchema> schemas = new LinkedHashSet<>();
    String problem = "";
    for (EventMessage message : messages) {
      try {
        schemas.add(lookup.find(message));
      } catch (BadEventException | UnknownSchemaException e) {
        problem = String.valueOf(e.getMessage());
      } catch (RegistryUnavailableException e) {
        throw new CommandException(String.valueOf(e.getMessage()));
      }
    }
    if (schemas.isEmpty()) {
      throw new CommandException("no message has a schema of the registry: " + problem);
    }
    return schemas;
  }

  private RegistrySettings settings() throws CommandException {
    String any =
        "format: avro\n"
            + SchemaFileForm.schema(hint.registryYaml())
            + "entity-id: id\nmodel: {kafka: topic}\ntensors: {t: t}\n";
    try {
      EventInput input =
          EventInput.parse("--registry", any.getBytes(StandardCharsets.UTF_8))
              .withRegistryTimeout(Probe.REGISTRY_TIMEOUT);
      return ((InRegistry) input.schema()).settings();
    } catch (InvalidInputException e) {
      throw new CommandException(e.getMessage());
    }
  }

  private static FieldType fields(FoundSchema found) throws CommandException {
    RegisteredSchema schema = found.schema();
    try {
      return switch (schema.type()) {
        case RegisteredSchema.AVRO ->
            AvroFields.of(
                found.source(),
                schema.text().getBytes(StandardCharsets.UTF_8),
                schema.references().values());
        case RegisteredSchema.PROTOBUF ->
            ProtobufFields.ofText(
                found.source(), schema.text(), schema.references(), found.indexes());
        default ->
            throw new CommandException(
                found.source()
                    + " is of type "
                    + schema.type()
                    + ", which no mapping reads with an id before the event; send Avro, Protobuf,"
                    + " or JSON without the id");
      };
    } catch (InvalidSchemaException e) {
      throw new CommandException(e.getMessage());
    }
  }
}
