package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.event.mapping.EventTimeUnit;
import org.jspecify.annotations.Nullable;

/** Values without fields as Protobuf's library has them. */
final class ProtobufScalars {

  /** The value in a field's type; null if the type cannot hold it. */
  static @Nullable Object of(SampleValue value, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> value.text();
      case BYTE_STRING -> bytes(value);
      case ENUM, MESSAGE -> null;
      default ->
          value instanceof Elements tensor
              ? tensor.elements().count() == 1 ? element(tensor.elements(), 0, field) : null
              : number(value, field);
    };
  }

  /** An element of a tensor in a field's type; null if the type cannot hold it. */
  static @Nullable Object element(SampleElements elements, int i, FieldDescriptor field) {
    if (elements.areTexts()) {
      return switch (field.getJavaType()) {
        case STRING -> new String(elements.text(i), UTF_8);
        case BYTE_STRING -> ByteString.copyFrom(elements.text(i));
        default -> null;
      };
    }
    return switch (field.getJavaType()) {
      case FLOAT -> (float) elements.real(i);
      case DOUBLE -> elements.real(i);
      case INT -> (int) elements.whole(i, least(field), Integer.MAX_VALUE);
      case LONG -> elements.whole(i, least(field), Long.MAX_VALUE);
      case BOOLEAN -> elements.whole(i, 0, 1) == 1;
      case STRING, BYTE_STRING, ENUM, MESSAGE -> null;
    };
  }

  private static long least(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, UINT64, FIXED32, FIXED64 -> 0;
      case INT32, SINT32, SFIXED32 -> Integer.MIN_VALUE;
      default -> Long.MIN_VALUE;
    };
  }

  private static @Nullable Object number(SampleValue value, FieldDescriptor field) {
    Long number = value.number(EventTimeUnit.MILLIS);
    if (number == null) {
      return null;
    }
    return switch (field.getJavaType()) {
      case INT -> number.intValue();
      case LONG -> number;
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      default -> null;
    };
  }

  private static @Nullable ByteString bytes(SampleValue value) {
    byte[] bytes = value.bytes();
    return bytes == null ? null : ByteString.copyFrom(bytes);
  }

  private ProtobufScalars() {}
}
