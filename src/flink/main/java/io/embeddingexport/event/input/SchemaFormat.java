package io.embeddingexport.event.input;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import io.embeddingexport.event.registry.RegisteredSchema;
import java.util.List;

/** A format with schemas: makes decoders of a plan's events from them. */
interface SchemaFormat {
  /** Whether a registry's ids are followed by the path to the message. */
  boolean hasIndexes();

  /** A decoder by the schema of a file. */
  MappedEventDecoder ofFile(InFile file, byte[] schema) throws InvalidSchemaException;

  /** A decoder by the schema of a registry. */
  MappedEventDecoder ofRegistry(String source, RegisteredSchema schema, List<Integer> indexes)
      throws InvalidSchemaException;

  /** The schemas of a format that has them. */
  static SchemaFormat of(EventFormat format, EventPlan plan) {
    return switch (format) {
      case AVRO -> new AvroFormat(plan);
      case PROTOBUF -> new ProtobufFormat(plan);
      case THRIFT, JSON, RAW -> throw new IllegalArgumentException(format + " has no schemas");
    };
  }
}
