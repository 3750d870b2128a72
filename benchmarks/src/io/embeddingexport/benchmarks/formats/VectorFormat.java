package io.embeddingexport.benchmarks.formats;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.embeddingexport.event.input.InputText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** A format of events, written by its own library, and the mapping that reads them. */
public enum VectorFormat {
  AVRO("{file: event.avsc}", "event.avsc") {
    @Override
    byte[] schemaFile() {
      return SCHEMA.toString().getBytes(UTF_8);
    }

    @Override
    public byte[] event(long entity, String model, float[] vector) {
      GenericRecord event =
          new GenericRecordBuilder(SCHEMA)
              .set("entity_id", entity)
              .set("event_time", EVENT_TIME)
              .set("model", model)
              .set("version", VERSION)
              .set("embedding", boxed(vector).toList())
              .build();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      try {
        new GenericDatumWriter<GenericRecord>(SCHEMA).write(event, encoder);
        encoder.flush();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return bytes.toByteArray();
    }
  },
  PROTOBUF("{file: event.desc, message: Event}", "event.desc") {
    @Override
    byte[] schemaFile() {
      return FileDescriptorSet.newBuilder()
          .addFile(MESSAGE.getFile().toProto())
          .build()
          .toByteArray();
    }

    @Override
    public byte[] event(long entity, String model, float[] vector) {
      DynamicMessage.Builder event =
          DynamicMessage.newBuilder(MESSAGE)
              .setField(MESSAGE.findFieldByName("entity_id"), entity)
              .setField(MESSAGE.findFieldByName("event_time"), EVENT_TIME)
              .setField(MESSAGE.findFieldByName("model"), model)
              .setField(MESSAGE.findFieldByName("version"), VERSION);
      boxed(vector).forEach(x -> event.addRepeatedField(MESSAGE.findFieldByName("embedding"), x));
      return event.build().toByteArray();
    }
  };

  static final Schema SCHEMA =
      new SchemaParser()
          .parse(
              """
              {"type": "record", "name": "Event", "fields": [
                {"name": "entity_id", "type": "long"},
                {"name": "event_time", "type": "long"},
                {"name": "model", "type": "string"},
                {"name": "version", "type": "long"},
                {"name": "embedding", "type": {"type": "array", "items": "float"}}]}
              """)
          .mainSchema();

  static final Descriptor MESSAGE = message();

  private static final long EVENT_TIME = 1_700_000_000_000L;
  private static final long VERSION = 1;

  private final String schema;
  private final String fileName;

  VectorFormat(String schema, String fileName) {
    this.schema = schema;
    this.fileName = fileName;
  }

  abstract byte[] schemaFile();

  /** An event, serialized. */
  public abstract byte[] event(long entity, String model, float[] vector);

  /**
   * The mapping of the events.
   *
   * @param tensor name of the vector in the key config
   */
  public InputText input(String tensor) {
    String text =
        """
        format: %s
        schema: %s
        entity-id: entity_id
        model: model
        event-time: event_time
        key-config-version: version
        tensors: {%s: embedding}
        """
            .formatted(name().toLowerCase(java.util.Locale.ROOT), schema, tensor);
    return new InputText("input.yaml", text.getBytes(UTF_8), Map.of(fileName, schemaFile()));
  }

  private static Stream<Float> boxed(float[] vector) {
    return IntStream.range(0, vector.length).mapToObj(i -> vector[i]);
  }

  private static Descriptor message() {
    DescriptorProto.Builder event = DescriptorProto.newBuilder().setName("Event");
    event.addField(field("entity_id", 1, Type.TYPE_INT64));
    event.addField(field("event_time", 2, Type.TYPE_INT64));
    event.addField(field("model", 3, Type.TYPE_STRING));
    event.addField(field("version", 4, Type.TYPE_INT64));
    event.addField(field("embedding", 5, Type.TYPE_FLOAT).setLabel(Label.LABEL_REPEATED));
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("event.proto")
            .setSyntax("proto3")
            .addMessageType(event)
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Event");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(Label.LABEL_OPTIONAL);
  }
}
