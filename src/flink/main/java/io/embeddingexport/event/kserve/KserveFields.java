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

/** The outputs that a KServe v2 response in Protobuf has. */
public final class KserveFields {

  /** The outputs as fields of a row; null if the bytes are no response with outputs. */
  public static @Nullable Group of(byte[] value) {
    try {
      Set<String> names = KserveProtobuf.names(value);
      KserveResponse response = new KserveProtobuf(names).read(value);
      Map<String, FieldType> fields = new LinkedHashMap<>();
      names.forEach(name -> fields.put(name, type(response.output(name))));
      return fields.isEmpty() ? null : new Group(fields);
    } catch (BadEventException e) {
      return null;
    }
  }

  private static FieldType type(@Nullable KserveOutput output) {
    if (output == null) {
      return Leaf.OTHER;
    }
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
