package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Entries;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields that Protobuf messages have. */
public final class ProtobufFields {
  /** Deeper fields are not listed: schemas can have very many. */
  private static final int MAX_DEPTH = 8;

  /** Messages that the one being read is in: a message may be a field of itself. */
  private final Set<String> around = new HashSet<>();

  private ProtobufFields() {}

  /**
   * The fields of a message in a file: a {@code .proto} text, or a descriptor set.
   *
   * @param source names the file in messages
   * @param message its full name
   */
  public static FieldType ofFile(String source, byte[] file, String message)
      throws InvalidSchemaException {
    return new ProtobufFields().group(ProtobufSchemas.ofFile(source, file, message));
  }

  /**
   * The fields of a message in a registry's {@code .proto} text.
   *
   * @param source names the text in messages
   * @param imports texts by the names that imports have
   * @param indexes of the message, as a registry's serializers write them
   */
  public static FieldType ofText(
      String source, String text, Map<String, String> imports, List<Integer> indexes)
      throws InvalidSchemaException {
    return new ProtobufFields().group(ProtobufSchemas.ofText(source, text, imports, indexes));
  }

  private FieldType group(Descriptor message) {
    if (around.size() == MAX_DEPTH || !around.add(message.getFullName())) {
      return Leaf.OTHER;
    }
    Map<String, FieldType> fields = new LinkedHashMap<>();
    message.getFields().forEach(field -> fields.put(field.getName(), field(field)));
    around.remove(message.getFullName());
    return new Group(fields);
  }

  private FieldType field(FieldDescriptor field) {
    if (field.isMapField()) {
      return PlanParts.hasStringKeys(field)
          ? new Entries(
              value(field.getMessageType().findFieldByNumber(ProtobufPlanCompiler.MAP_VALUE)))
          : Leaf.OTHER;
    }
    return field.isRepeated() ? new Elements(value(field)) : value(field);
  }

  private FieldType value(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT, LONG -> Leaf.WHOLE;
      case FLOAT, DOUBLE -> Leaf.REAL;
      case STRING -> Leaf.TEXT;
      case BYTE_STRING -> Leaf.BYTES;
      case BOOLEAN -> Leaf.BOOL;
      case ENUM -> Leaf.OTHER;
      case MESSAGE -> message(field.getMessageType());
    };
  }

  private FieldType message(Descriptor message) {
    if (WellKnownTypes.isTimestamp(message)) {
      return Leaf.TIME;
    }
    FieldDescriptor wrapped = WellKnownTypes.wrapped(message);
    return wrapped == null ? group(message) : value(wrapped);
  }
}
