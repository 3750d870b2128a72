package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.cli.samples.mapped.SampleValue.OtherThan;
import io.embeddingexport.event.avro.AvroTimeUnits;
import io.embeddingexport.event.mapping.EventTimeUnit;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Values without fields as Avro's library has them. */
final class AvroScalars {

  /** The value in a schema's type; null if the type cannot hold it. */
  static @Nullable Object of(SampleValue value, Schema schema) {
    if (value instanceof Elements tensor && !isBytes(schema)) {
      return tensor.elements().count() == 1 ? element(tensor.elements(), 0, schema) : null;
    }
    return switch (schema.getType()) {
      case INT -> {
        Long whole = whole(value, schema);
        yield whole == null ? null : (Object) whole.intValue();
      }
      case LONG -> whole(value, schema);
      case FLOAT -> {
        Long whole = whole(value, schema);
        yield whole == null ? null : (Object) whole.floatValue();
      }
      case DOUBLE -> {
        Long whole = whole(value, schema);
        yield whole == null ? null : (Object) whole.doubleValue();
      }
      case STRING -> value.text();
      case ENUM -> symbol(value, schema);
      case BYTES -> {
        byte[] bytes = value.bytes();
        yield bytes == null ? null : ByteBuffer.wrap(bytes);
      }
      case FIXED -> {
        byte[] bytes = value.bytes();
        yield bytes == null || bytes.length != schema.getFixedSize()
            ? null
            : new GenericData.Fixed(schema, bytes);
      }
      default -> null;
    };
  }

  /** An element of a tensor in a schema's type; null if the type cannot hold it. */
  static @Nullable Object element(SampleElements elements, int i, Schema schema) {
    if (elements.areTexts()) {
      return switch (schema.getType()) {
        case STRING -> new String(elements.text(i), UTF_8);
        case BYTES -> ByteBuffer.wrap(elements.text(i));
        default -> null;
      };
    }
    return switch (schema.getType()) {
      case FLOAT -> (float) elements.real(i);
      case DOUBLE -> elements.real(i);
      case INT -> (int) elements.whole(i, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> elements.whole(i, Long.MIN_VALUE, Long.MAX_VALUE);
      case BOOLEAN -> elements.whole(i, 0, 1) == 1;
      default -> null;
    };
  }

  /** What stands for no value: null, 0, or nothing. */
  static @Nullable Object none(Schema schema) {
    return switch (schema.getType()) {
      case NULL -> null;
      case UNION -> {
        boolean nullable =
            schema.getTypes().stream().anyMatch(branch -> branch.getType() == Schema.Type.NULL);
        yield nullable ? null : none(schema.getTypes().get(0));
      }
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case BOOLEAN -> false;
      case STRING -> "";
      case BYTES -> ByteBuffer.allocate(0);
      case FIXED -> new GenericData.Fixed(schema, new byte[schema.getFixedSize()]);
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(0));
      case ARRAY -> List.of();
      case MAP -> Map.of();
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), none(field)));
        yield record;
      }
    };
  }

  /** What stands for no value of a field: its default, if it has one. */
  static @Nullable Object none(Schema.Field field) {
    return field.hasDefaultValue()
        ? GenericData.get().getDefaultValue(field)
        : none(field.schema());
  }

  private static boolean isBytes(Schema schema) {
    return schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED;
  }

  private static @Nullable Long whole(SampleValue value, Schema schema) {
    EventTimeUnit own = AvroTimeUnits.of(schema);
    return value.number(own == null ? EventTimeUnit.MILLIS : own);
  }

  private static @Nullable Object symbol(SampleValue value, Schema schema) {
    String symbol =
        value instanceof OtherThan other
            ? schema.getEnumSymbols().stream()
                .filter(name -> !name.equals(other.mark()))
                .findFirst()
                .orElse(null)
            : value.text();
    return symbol != null && schema.hasEnumSymbol(symbol)
        ? new GenericData.EnumSymbol(schema, symbol)
        : null;
  }

  private AvroScalars() {}
}
