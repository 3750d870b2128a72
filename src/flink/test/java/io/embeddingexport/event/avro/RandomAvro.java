package io.embeddingexport.event.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;

/** Random schemas, and random values of them. */
final class RandomAvro {
  static final int KEYS = 4;

  private static final Schema NULL = Schema.create(Schema.Type.NULL);
  private static final Schema.Type[] PRIMITIVES = {
    Schema.Type.FLOAT,
    Schema.Type.FLOAT,
    Schema.Type.DOUBLE,
    Schema.Type.INT,
    Schema.Type.LONG,
    Schema.Type.BOOLEAN,
    Schema.Type.STRING,
    Schema.Type.BYTES,
    Schema.Type.NULL
  };

  private final Random random;

  /** Complete ones and those that are being made. */
  private final List<Schema> records = new ArrayList<>();

  private int names;

  RandomAvro(Random random) {
    this.random = random;
  }

  /** A record of one to five fields. */
  Schema record(int depth) {
    Schema record = Schema.createRecord("R" + names++, null, "random", false);
    records.add(record);
    List<Field> fields = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      fields.add(new Field("f" + fields.size(), type(depth - 1)));
    }
    record.setFields(fields);
    return record;
  }

  private Schema type(int depth) {
    int kind = random.nextInt(depth <= 0 ? 5 : 14);
    return switch (kind) {
      case 0, 1, 2 -> primitive();
      case 3 -> fixedOrEnum();
      case 4, 5, 6 -> Schema.createArray(orNull(primitive()));
      case 7 -> Schema.createArray(orNull(Schema.createArray(orNull(primitive()))));
      case 8 -> Schema.createArray(type(depth - 1));
      case 9 -> Schema.createMap(type(depth - 1));
      case 10, 11 -> union(depth);
      case 12 -> orNull(records.get(random.nextInt(records.size())));
      default -> record(depth);
    };
  }

  private Schema primitive() {
    return Schema.create(PRIMITIVES[random.nextInt(PRIMITIVES.length)]);
  }

  private Schema fixedOrEnum() {
    return random.nextBoolean()
        ? Schema.createFixed("F" + names++, null, "random", random.nextInt(9))
        : Schema.createEnum("E" + names++, null, "random", List.of("A", "B", "longer"));
  }

  private Schema orNull(Schema schema) {
    if (schema.getType() == Schema.Type.NULL) {
      return schema;
    }
    // A record that is being made has an end only if it may be absent.
    boolean isRecord = schema.getType() == Schema.Type.RECORD;
    return switch (isRecord ? random.nextInt(2) : random.nextInt(4)) {
      case 0 -> Schema.createUnion(NULL, schema);
      case 1 -> Schema.createUnion(schema, NULL);
      default -> schema;
    };
  }

  private Schema union(int depth) {
    List<Schema> branches = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      Schema branch = random.nextInt(4) == 0 ? NULL : type(depth - 1);
      if (branch.getType() != Schema.Type.UNION && !taken.contains(branch.getFullName())) {
        boolean unfinished = branch.getType() == Schema.Type.RECORD && !branch.hasFields();
        if (!unfinished) {
          taken.add(branch.getFullName());
          branches.add(branch);
        }
      }
    }
    return branches.isEmpty() ? NULL : Schema.createUnion(branches);
  }

  /** A value; what nests deep is null or empty. */
  Object value(Schema schema, int depth) {
    return switch (schema.getType()) {
      case NULL -> null;
      case BOOLEAN -> random.nextBoolean();
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> random.nextInt(8) == 0 ? -0f : (float) random.nextGaussian();
      case DOUBLE -> random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian();
      case STRING -> "s" + "\u00e4".repeat(random.nextInt(3)) + random.nextInt(100);
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(10)));
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case UNION -> union(schema, depth);
      case ARRAY -> {
        int length = depth <= 0 ? 0 : random.nextInt(10) == 0 ? 40 : random.nextInt(5);
        List<Object> items = new ArrayList<>();
        boolean square = random.nextInt(4) != 0;
        for (int i = 0; i < length; i++) {
          Object item = value(schema.getElementType(), depth - 1);
          boolean again = square && i > 0 && item instanceof List && items.get(0) instanceof List;
          items.add(again ? items.get(0) : item);
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = depth <= 0 ? 0 : random.nextInt(KEYS + 1); i > 0; i--) {
          entries.put("k" + random.nextInt(KEYS), value(schema.getValueType(), depth - 1));
        }
        yield entries;
      }
      case RECORD -> {
        GenericData.Record record = new GenericData.Record(schema);
        schema.getFields().forEach(f -> record.put(f.pos(), value(f.schema(), depth - 1)));
        yield record;
      }
    };
  }

  private Object union(Schema schema, int depth) {
    List<Schema> branches = schema.getTypes();
    // Few nulls, so that most lists of optional items are tensors.
    for (int i = 0; i < 3 && depth > -2; i++) {
      Schema branch = branches.get(random.nextInt(branches.size()));
      if (branch.getType() != Schema.Type.NULL) {
        return value(branch, depth);
      }
    }
    boolean hasNull = branches.stream().anyMatch(b -> b.getType() == Schema.Type.NULL);
    return hasNull ? null : value(branches.get(0), depth);
  }

  private long number() {
    return random.nextLong() >> random.nextInt(Long.SIZE);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
