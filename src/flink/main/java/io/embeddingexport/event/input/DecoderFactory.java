package io.embeddingexport.event.input;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput.Preset;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.json.JsonEvents;
import io.embeddingexport.event.json.JsonWalk;
import io.embeddingexport.event.kserve.KserveDecoder;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.event.registry.SchemaDecoder;
import io.embeddingexport.event.registry.SchemaRegistry;
import io.embeddingexport.event.thrift.ThriftEventDecoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the decoder of an input. */
final class DecoderFactory {
  private final EventInput input;
  private final Map<String, byte[]> files;
  private final RegistryListener listener;

  DecoderFactory(EventInput input, Map<String, byte[]> files, RegistryListener listener) {
    this.input = input;
    this.files = files;
    this.listener = listener;
  }

  EventDecoder newDecoder() throws InvalidInputException {
    if (input.preset() == Preset.KSERVE_V2) {
      return kserve(input.format(), Objects.requireNonNull(input.mapping()));
    }
    if (input.schema() == null) {
      return withoutSchema(input);
    }
    EventPlan plan = EventPlan.of(Objects.requireNonNull(input.mapping()));
    SchemaFormat format = SchemaFormat.of(input.format(), plan);
    if (input.schema() instanceof InRegistry registry) {
      return new SchemaDecoder(
          new SchemaRegistry(registry.settings(), listener),
          format::ofRegistry,
          format.hasIndexes());
    }
    InFile file = (InFile) input.schema();
    byte[] schema = files.get(file.file());
    if (schema == null) {
      throw new InvalidInputException(
          file.file(), List.of("cannot be read: " + file.file() + "; check schema.file"));
    }
    try {
      return format.ofFile(file, schema);
    } catch (InvalidSchemaException e) {
      throw new InvalidInputException(file.file(), e.problems());
    }
  }

  private static EventDecoder kserve(EventFormat format, EventMapping mapping)
      throws InvalidInputException {
    try {
      return format == EventFormat.JSON
          ? KserveDecoder.ofJson(mapping)
          : KserveDecoder.ofProtobuf(mapping);
    } catch (InvalidSchemaException e) {
      throw new InvalidInputException("preset kserve-v2", e.problems());
    }
  }

  static EventDecoder withoutSchema(EventInput input) {
    EventMapping mapping = input.mapping();
    return switch (input.format()) {
      case THRIFT -> new ThriftEventDecoder();
      case JSON -> {
        EventMapping parts = mapping == null ? JsonEvents.MAPPING : mapping;
        EventPlan plan =
            input.preset() == Preset.DEBEZIUM
                ? EventPlan.of(parts, Debezium.WRAPPER)
                : EventPlan.of(parts);
        yield new MappedEventDecoder(plan, new JsonWalk(plan));
      }
      case RAW -> {
        EventPlan plan = EventPlan.of(Objects.requireNonNull(mapping));
        yield new MappedEventDecoder(plan, new RawWalk());
      }
      case AVRO, PROTOBUF -> throw new IllegalStateException(input.format() + " needs a schema");
    };
  }
}
