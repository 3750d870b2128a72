package io.embeddingexport.event.avro;

import io.embeddingexport.event.mapping.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Random paths in a schema, and what Apache Avro's value has there. */
final class RandomPaths {

  /** A path, and the schemas of what may be there. */
  record Place(FieldPath path, Schema schema) {}

  /** A way down from a schema to a value that is no union, record or map. */
  static @Nullable Place place(Schema root, Random random) {
    List<FieldPath.Step> steps = new ArrayList<>();
    Schema schema = root;
    while (steps.size() < 8) {
      switch (schema.getType()) {
        case UNION -> {
          List<Schema> branches = schema.getTypes();
          schema = branches.get(random.nextInt(branches.size()));
        }
        case RECORD -> {
          Schema.Field field = schema.getFields().get(random.nextInt(schema.getFields().size()));
          steps.add(new FieldPath.Field(field.name()));
          schema = field.schema();
        }
        case MAP -> {
          steps.add(new FieldPath.Field("k" + random.nextInt(RandomAvro.KEYS)));
          schema = schema.getValueType();
        }
        case ARRAY -> {
          Schema items = schema.getElementType();
          boolean isTensor = ExpectedTensor.isTensor(schema);
          if (isTensor && random.nextInt(5) != 0) {
            return new Place(new FieldPath(steps), schema);
          }
          steps.add(new FieldPath.Index(random.nextInt(3)));
          schema = items;
        }
        default -> {
          return new Place(new FieldPath(steps), schema);
        }
      }
    }
    return null;
  }

  /** What is at a path; null if nothing is. */
  static @Nullable Object at(@Nullable Object value, List<FieldPath.Step> steps) {
    if (steps.isEmpty() || value == null) {
      return value;
    }
    List<FieldPath.Step> rest = steps.subList(1, steps.size());
    if (steps.get(0) instanceof FieldPath.Index index) {
      return value instanceof List<?> list && index.index() < list.size()
          ? at(list.get(index.index()), rest)
          : null;
    }
    String name = ((FieldPath.Field) steps.get(0)).name();
    if (value instanceof GenericRecord record) {
      return record.hasField(name) ? at(record.get(name), rest) : null;
    }
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getKey().toString().equals(name)) {
          return at(entry.getValue(), rest);
        }
      }
    }
    return null;
  }

  private RandomPaths() {}
}
