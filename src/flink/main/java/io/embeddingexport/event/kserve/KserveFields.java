package io.embeddingexport.event.kserve;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.fields.FieldType;
import io.embeddingexport.event.fields.FieldType.Elements;
import io.embeddingexport.event.fields.FieldType.Group;
import io.embeddingexport.event.fields.FieldType.Leaf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outputs that a KServe v2 response has, as fields of a row. */
public final class KserveFields {

  /** Those of a response in Protobuf; null if the bytes are no response with outputs. */
  public static @Nullable Group ofProtobuf(byte[] value) {
    try {
      Set<String> names = KserveProtobuf.names(value);
      return group(new KserveProtobuf(names).read(value));
    } catch (BadEventException e) {
      return null;
    }
  }

  /** Those of a response in JSON; null if the bytes are no response with outputs. */
  public static @Nullable Group ofJson(byte[] value) {
    try {
      return group(new KserveJson(name -> true).read(value));
    } catch (BadEventException e) {
      return null;
    }
  }

  private static @Nullable Group group(KserveResponse response) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    response.outputs().forEach((name, output) -> fields.put(name, type(output)));
    return fields.isEmpty() ? null : new Group(fields);
  }

  private static FieldType type(KserveOutput output) {
    if (output.type() == KserveType.BYTES) {
      return output.rowElements() == 1 ? Leaf.TEXT : new Elements(Leaf.TEXT);
    }
    boolean fractions = output.type().element().isFloatingPoint();
    return !fractions && output.rowElements() == 1
        ? Leaf.WHOLE
        : new Elements(fractions ? Leaf.REAL : Leaf.WHOLE);
  }

  private KserveFields() {}
}
