package io.embeddingexport.event.avro;

import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Entries;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The fields that events of an Avro schema have. */
public final class AvroFields {
  /** Deeper fields are not listed: schemas can have very many. */
  private static final int MAX_DEPTH = 8;

  /** Types that the one being read is in: a type may be a field of itself. */
  private final Set<String> around = new HashSet<>();

  private AvroFields() {}

  /**
   * The fields of a schema.
   *
   * @param source names the schema in messages
   * @param references texts of the schemas that it uses types of
   */
  public static FieldType of(String source, byte[] schema, Collection<String> references)
      throws InvalidSchemaException {
    return new AvroFields().type(AvroSchemas.parse(source, schema, references));
  }

  private FieldType type(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case MAP -> new Entries(type(schema.getValueType()));
      case ARRAY -> new Elements(type(schema.getElementType()));
      case UNION -> union(schema.getTypes());
      case INT, LONG -> number(schema);
      case FLOAT, DOUBLE -> Leaf.REAL;
      case STRING, ENUM -> Leaf.TEXT;
      case BYTES, FIXED -> schema.getProp("logicalType") == null ? Leaf.BYTES : Leaf.OTHER;
      case BOOLEAN -> Leaf.BOOL;
      case NULL -> Leaf.OTHER;
    };
  }

  private FieldType record(Schema schema) {
    if (around.size() == MAX_DEPTH || !around.add(schema.getFullName())) {
      return Leaf.OTHER;
    }
    Map<String, FieldType> fields = new LinkedHashMap<>();
    schema.getFields().forEach(field -> fields.put(field.name(), type(field.schema())));
    around.remove(schema.getFullName());
    return new Group(fields);
  }

  private FieldType union(List<Schema> branches) {
    return branches.stream().map(this::type).reduce(FieldType::merge).orElse(Leaf.OTHER);
  }

  private static FieldType number(Schema schema) {
    if (AvroTimeUnits.of(schema) != null) {
      return Leaf.TIME;
    }
    return schema.getProp("logicalType") == null ? Leaf.WHOLE : Leaf.OTHER;
  }
}
