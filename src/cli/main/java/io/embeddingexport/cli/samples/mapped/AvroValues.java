package io.embeddingexport.cli.samples.mapped;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.cli.samples.mapped.SampleValue.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as an Avro schema says. A field without a value gets its default, or else null, 0
 * or nothing.
 */
final class AvroValues implements ValueEncoder {
  private final Schema schema;
  private final GenericDatumWriter<Object> writer;
  private @Nullable BinaryEncoder encoder;

  AvroValues(Schema schema) {
    this.schema = schema;
    this.writer = new GenericDatumWriter<>(schema);
  }

  @Override
  public byte[] encode(Fields event) throws CommandException {
    Object datum = datum(event, schema, "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try {
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Object datum(@Nullable SampleValue value, Schema schema, String path)
      throws CommandException {
    if (value == null) {
      return AvroScalars.none(schema);
    }
    return switch (schema.getType()) {
      case UNION -> datum(value, branch(value, schema, path), path);
      case RECORD -> record(value, schema, path);
      case MAP -> map(value, schema.getValueType(), path);
      case ARRAY -> array(value, schema, path);
      default -> {
        Object scalar = AvroScalars.of(value, schema);
        if (scalar == null) {
          throw misfit(schema, path);
        }
        yield scalar;
      }
    };
  }

  private static Schema branch(SampleValue value, Schema union, String path)
      throws CommandException {
    for (Schema branch : union.getTypes()) {
      boolean fits =
          switch (branch.getType()) {
            case RECORD, MAP -> value instanceof Fields;
            case ARRAY -> value instanceof Items || value instanceof Elements;
            default -> AvroScalars.of(value, branch) != null;
          };
      if (fits) {
        return branch;
      }
    }
    throw misfit(union, path);
  }

  private static GenericData.Record record(SampleValue value, Schema schema, String path)
      throws CommandException {
    if (!(value instanceof Fields fields)) {
      throw misfit(schema, path);
    }
    for (String name : fields.values().keySet()) {
      if (schema.getField(name) == null) {
        throw new CommandException(
            "the schema has no field " + path + name + "; correct the mapping");
      }
    }
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      SampleValue given = fields.values().get(field.name());
      record.put(
          field.pos(),
          given == null
              ? AvroScalars.none(field)
              : datum(given, field.schema(), path + field.name() + "."));
    }
    return record;
  }

  private static Map<String, @Nullable Object> map(SampleValue value, Schema items, String path)
      throws CommandException {
    if (!(value instanceof Fields fields)) {
      throw misfit(items, path);
    }
    Map<String, @Nullable Object> map = new HashMap<>();
    for (Map.Entry<String, SampleValue> entry : fields.values().entrySet()) {
      map.put(entry.getKey(), datum(entry.getValue(), items, path + entry.getKey() + "."));
    }
    return map;
  }

  private static List<@Nullable Object> array(SampleValue value, Schema schema, String path)
      throws CommandException {
    if (value instanceof Elements tensor) {
      return elements(tensor.elements(), 0, 0, schema, path);
    }
    if (!(value instanceof Items items)) {
      throw misfit(schema, path);
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (SampleValue item : items.values()) {
      list.add(datum(item, schema.getElementType(), path));
    }
    return list;
  }

  /**
   * A dimension and those in it; all elements, if the schema has no list in the list.
   *
   * @param from its first element
   */
  private static List<@Nullable Object> elements(
      SampleElements elements, int dimension, int from, Schema array, String path)
      throws CommandException {
    Schema items = nonNull(array.getElementType());
    List<@Nullable Object> list = new ArrayList<>();
    if (items.getType() == Schema.Type.ARRAY && dimension + 1 < elements.rank()) {
      for (int i = 0; i < elements.extent(dimension); i++) {
        int inner = from + i * elements.stride(dimension);
        list.add(elements(elements, dimension + 1, inner, items, path));
      }
      return list;
    }
    int count = dimension == 0 ? elements.count() : elements.stride(dimension - 1);
    for (int i = from; i < from + count; i++) {
      Object element = AvroScalars.element(elements, i, items);
      if (element == null) {
        throw misfit(items, path);
      }
      list.add(element);
    }
    return list;
  }

  /** The first branch of a union that is not null. */
  private static Schema nonNull(Schema schema) {
    return schema.getType() != Schema.Type.UNION
        ? schema
        : schema.getTypes().stream()
            .filter(branch -> branch.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema);
  }

  private static CommandException misfit(Schema schema, String path) {
    return new CommandException(
        "the schema has "
            + schema.getType().getName()
            + " at "
            + path.substring(0, Math.max(0, path.length() - 1))
            + ", which cannot be what the mapping says; correct the mapping");
  }
}
