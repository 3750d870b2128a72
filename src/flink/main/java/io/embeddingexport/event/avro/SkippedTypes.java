package io.embeddingexport.event.avro;

import io.embeddingexport.event.avro.SkippedType.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Compiles the types of one schema whose values are skipped. A type may have itself as a part. */
final class SkippedTypes {
  /** Strings, and the keys of maps. */
  static final SkippedType TEXT = SkippedType.of(Kind.BYTES);

  private static final SkippedType NUMBER = SkippedType.of(Kind.NUMBER);
  private static final Map<Schema.Type, SkippedType> PRIMITIVES =
      Map.of(
          Schema.Type.NULL, SkippedType.sized(0),
          Schema.Type.BOOLEAN, SkippedType.sized(1),
          Schema.Type.FLOAT, SkippedType.sized(Float.BYTES),
          Schema.Type.DOUBLE, SkippedType.sized(Double.BYTES),
          Schema.Type.INT, NUMBER,
          Schema.Type.LONG, NUMBER,
          Schema.Type.ENUM, NUMBER,
          Schema.Type.STRING, TEXT,
          Schema.Type.BYTES, TEXT);

  private final Map<Schema, SkippedType> types = new IdentityHashMap<>();

  /** Types whose parts are not set yet; names may lead deeper than the stack goes. */
  private final Deque<Schema> open = new ArrayDeque<>();

  private final Map<SkippedType, String> records = new HashMap<>();

  /** A type that may be used after {@link #finish}. */
  SkippedType of(Schema schema) {
    SkippedType primitive = PRIMITIVES.get(schema.getType());
    return primitive != null ? primitive : types.computeIfAbsent(schema, this::begin);
  }

  private SkippedType begin(Schema schema) {
    if (schema.getType() == Schema.Type.FIXED) {
      return SkippedType.sized(schema.getFixedSize());
    }
    open.add(schema);
    SkippedType type =
        SkippedType.of(
            switch (schema.getType()) {
              case RECORD -> Kind.RECORD;
              case UNION -> Kind.UNION;
              case ARRAY -> Kind.ARRAY;
              default -> Kind.MAP;
            });
    if (schema.getType() == Schema.Type.RECORD) {
      records.put(type, schema.getFullName());
    }
    return type;
  }

  private List<SkippedType> parts(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> schema.getFields().stream().map(field -> of(field.schema())).toList();
      case UNION -> schema.getTypes().stream().map(this::of).toList();
      case ARRAY -> List.of(of(schema.getElementType()));
      default -> List.of(of(schema.getValueType()));
    };
  }

  /** Finishes the types that were asked for, and adds a problem if one can have no value. */
  void finish(List<String> problems) {
    while (!open.isEmpty()) {
      Schema schema = open.remove();
      of(schema).setParts(parts(schema));
    }
    Set<SkippedType> done = new HashSet<>();
    for (Map.Entry<SkippedType, String> record : records.entrySet()) {
      if (!join(record.getKey(), done, SkippedType.MAX_DEPTH)) {
        problems.add(
            "record "
                + record.getValue()
                + " has more than "
                + SkippedType.MAX_DEPTH
                + " records in each other, or itself; make the inner one optional");
        return;
      }
    }
  }

  /** Joins fields of one size each. False if records are too deep. */
  private static boolean join(SkippedType record, Set<SkippedType> done, int depth) {
    if (record.kind() != Kind.RECORD || done.contains(record)) {
      return true;
    }
    List<SkippedType> joined = new ArrayList<>();
    long size = 0;
    for (SkippedType field : record.parts()) {
      if (depth == 0 || !join(field, done, depth - 1)) {
        return false;
      }
      if (field.kind() == Kind.SIZED) {
        size = Math.min(size + field.size(), Integer.MAX_VALUE + 1L);
      } else {
        addSized(joined, size);
        joined.add(field);
        size = 0;
      }
    }
    if (joined.isEmpty()) {
      record.becomeSized(size);
    } else {
      addSized(joined, size);
      record.setParts(joined);
    }
    done.add(record);
    return true;
  }

  private static void addSized(List<SkippedType> joined, long size) {
    if (size > 0) {
      joined.add(SkippedType.sized(size));
    }
  }
}
