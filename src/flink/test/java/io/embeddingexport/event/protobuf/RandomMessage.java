package io.embeddingexport.event.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Random bytes of a message, in every form that is legal: fields in any order and repeated, lists
 * packed, not packed and in parts, varints longer than needed, unknown fields, groups, and now and
 * then a value in another form than the schema's.
 */
final class RandomMessage {
  private static final List<String> TEXTS = List.of("", "x", "ä€", "longer text", "\uD83D\uDE00");
  private static final int MAX_DEPTH = 8;

  private final Random random;

  RandomMessage(Random random) {
    this.random = random;
  }

  byte[] of(Descriptor message) {
    try {
      return message(message, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] message(Descriptor message, int depth) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    List<FieldDescriptor> fields = message.getFields();
    // Most events have each field once.
    for (FieldDescriptor field : fields) {
      if (random.nextInt(12) > 0) {
        field(out, field, depth);
      }
    }
    for (int more = random.nextInt(4); more > 0 && !fields.isEmpty(); more--) {
      if (random.nextInt(4) == 0) {
        unknown(out, 41 + random.nextInt(20), random.nextInt(6));
      } else {
        field(out, fields.get(random.nextInt(fields.size())), depth);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void unknown(CodedOutputStream out, int number, int wireType) throws IOException {
    switch (wireType) {
      case 0 -> out.writeUInt64(number, random.nextLong());
      case 1 -> out.writeFixed64(number, random.nextLong());
      case 2 -> out.writeByteArray(number, new byte[random.nextInt(9)]);
      case 5 -> out.writeFixed32(number, random.nextInt());
      default -> {
        out.writeTag(number, 3);
        unknown(out, number, random.nextInt(6));
        out.writeTag(number, 4);
      }
    }
  }

  private void field(CodedOutputStream out, FieldDescriptor field, int depth) throws IOException {
    if (random.nextInt(60) == 0) {
      int form = random.nextInt(3);
      unknown(out, field.getNumber(), form == 2 ? 5 : form);
      return;
    }
    int count = field.isRepeated() ? random.nextInt(4) : 1;
    if (field.isPackable() && random.nextInt(4) > 0) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      CodedOutputStream elements = CodedOutputStream.newInstance(packed);
      for (int i = 0; i < count; i++) {
        value(elements, field, depth);
      }
      elements.flush();
      out.writeByteArray(field.getNumber(), packed.toByteArray());
      return;
    }
    for (int i = 0; i < count; i++) {
      out.writeTag(field.getNumber(), field.getLiteType().getWireType());
      value(out, field, depth);
    }
  }

  private void value(CodedOutputStream out, FieldDescriptor field, int depth) throws IOException {
    switch (field.getType()) {
      case DOUBLE, FIXED64, SFIXED64 -> out.writeFixed64NoTag(number());
      case FLOAT, FIXED32, SFIXED32 -> out.writeFixed32NoTag((int) number());
      case MESSAGE ->
          out.writeByteArrayNoTag(
              depth == MAX_DEPTH ? new byte[0] : message(field.getMessageType(), depth + 1));
      case STRING -> out.writeStringNoTag(text(field));
      case BYTES -> out.writeBytesNoTag(bytes(field));
      case BOOL -> varint(out, random.nextInt(4) == 0 ? number() : random.nextInt(2));
      default -> varint(out, number());
    }
  }

  /** Mostly small; the sign bit of 64 is set now and then. */
  private long number() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextInt();
      default -> random.nextInt(1000);
    };
  }

  private void varint(CodedOutputStream out, long value) throws IOException {
    if (value >= 0 && value < 128 && random.nextInt(10) == 0) {
      out.writeRawByte((byte) (value | 0x80));
      out.writeRawByte((byte) 0x80);
      out.writeRawByte((byte) 0);
    } else {
      out.writeUInt64NoTag(value);
    }
  }

  private String text(FieldDescriptor field) {
    String name = field.getName();
    if (name.equals("key")) {
      return RandomSchema.KEYS.get(random.nextInt(RandomSchema.KEYS.size()));
    }
    if (name.startsWith("id")) {
      return Long.toString(random.nextLong());
    }
    return name.startsWith("model") ? "m" + random.nextInt(3) : TEXTS.get(random.nextInt(5));
  }

  private ByteString bytes(FieldDescriptor field) {
    if (field.getName().startsWith("id") || field.getName().startsWith("model")) {
      return ByteString.copyFrom(text(field), StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[random.nextInt(30) == 0 ? random.nextInt(9) : 4 * random.nextInt(4)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
