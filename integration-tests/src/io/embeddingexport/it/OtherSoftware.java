package io.embeddingexport.it;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Messages as other software sends them, written by the libraries of their formats. */
final class OtherSoftware {
  static final String CHANGE =
      """
      {"type": "record", "name": "Envelope", "namespace": "shop.public.items", "fields": [
        {"name": "before", "type": ["null", {"type": "record", "name": "Value", "fields": [
          {"name": "id", "type": "long"},
          {"name": "embedding", "type": ["null", {"type": "array", "items": "double"}]}]}]},
        {"name": "after", "type": ["null", "Value"]},
        {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
          {"name": "ts_ms", "type": "long"}]}},
        {"name": "op", "type": "string"}]}
      """;

  static final String FEATURES =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "driver_id", "type": ["null", "string"]},
        {"name": "event_timestamp", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "embedding", "type": ["null", {"type": "array", "items": ["null", "float"]}]}]}
      """;

  static String change(String after, String op) {
    return "{\"schema\":{},\"payload\":{\"before\":null,\"after\":"
        + after
        + ",\"source\":{\"ts_ms\":1},\"op\":\""
        + op
        + "\"}}";
  }

  static byte[] framed(int id, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] avroChange(long id, double... embedding) {
    Schema schema = new Schema.Parser().parse(CHANGE);
    Schema row = schema.getField("after").schema().getTypes().get(1);
    Schema source = schema.getField("source").schema();
    return avro(
        new GenericRecordBuilder(schema)
            .set("before", null)
            .set(
                "after",
                new GenericRecordBuilder(row)
                    .set("id", id)
                    .set("embedding", Arrays.stream(embedding).boxed().toList())
                    .build())
            .set("source", new GenericRecordBuilder(source).set("ts_ms", 1L).build())
            .set("op", "u")
            .build());
  }

  static byte[] avroRow(String id, float... embedding) {
    List<Float> elements = new ArrayList<>();
    for (float element : embedding) {
      elements.add(element);
    }
    return avro(
        new GenericRecordBuilder(new Schema.Parser().parse(FEATURES))
            .set("driver_id", id)
            .set("event_timestamp", 1_700_000_000_000_000L)
            .set("embedding", elements)
            .build());
  }

  private static byte[] avro(GenericRecord record) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  static byte[] protobufItem(String id, float... vector) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, id);
    out.writeBytes(2, ByteString.copyFrom(littleEndian(vector)));
    out.flush();
    return bytes.toByteArray();
  }

  /** A {@code ModelInferResponse} with raw contents: ids [n], embedding [n, 2]. */
  static byte[] response(long[] ids, float... rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, "model");
    out.writeBytes(5, output("ids", "INT64", ids.length));
    out.writeBytes(5, output("embedding", "FP32", ids.length, 2));
    ByteBuffer numbers = ByteBuffer.allocate(8 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(ids).forEach(numbers::putLong);
    out.writeBytes(6, ByteString.copyFrom(numbers.array()));
    out.writeBytes(6, ByteString.copyFrom(littleEndian(rows)));
    out.flush();
    return bytes.toByteArray();
  }

  private static ByteString output(String name, String type, long... shape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    out.writeString(2, type);
    for (long extent : shape) {
      out.writeInt64(3, extent);
    }
    out.flush();
    return ByteString.copyFrom(bytes.toByteArray());
  }

  static byte[] littleEndian(float... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float element : elements) {
      bytes.putFloat(element);
    }
    return bytes.array();
  }

  /**
   * What protoc would write of {@code message Item { string id = 1; repeated float vector = 2; }}.
   */
  static byte[] itemDescriptors() {
    return FileDescriptorSet.newBuilder()
        .addFile(
            FileDescriptorProto.newBuilder()
                .setName("item.proto")
                .setPackage("shop")
                .setSyntax("proto3")
                .addMessageType(
                    DescriptorProto.newBuilder()
                        .setName("Item")
                        .addField(field("id", 1, Type.TYPE_STRING, Label.LABEL_OPTIONAL))
                        .addField(field("vector", 2, Type.TYPE_FLOAT, Label.LABEL_REPEATED))))
        .build()
        .toByteArray();
  }

  private static FieldDescriptorProto field(String name, int number, Type type, Label label) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(label)
        .build();
  }

  private OtherSoftware() {}
}
