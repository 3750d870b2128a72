package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource.Part;
import io.embeddingexport.event.plan.MappedEvent;
import io.embeddingexport.event.plan.TensorValue;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a value that holds all tensors: a map or a record by name, an array by position. A null
 * is no tensor.
 */
final class AllTensorSteps {
  private static final TensorSource AS_SENT = new TensorSource("", Part.VALUE);

  private final String name;
  private final List<String> misfits = new ArrayList<>();

  AllTensorSteps(String name) {
    this.name = name;
  }

  /** Why the value cannot hold all tensors; empty if it can. */
  List<String> misfits() {
    return misfits;
  }

  /** The step that reads them, which must not be used if there are misfits. */
  AvroStep of(Schema schema) {
    return switch (schema.getType()) {
      case MAP -> map(branches(schema.getValueType(), "has values that are wrong: each "));
      case ARRAY -> array(branches(schema.getElementType(), "has items that are wrong: each "));
      case RECORD -> record(schema);
      default -> {
        misfits.add(
            "is "
                + AvroNames.of(schema)
                + ", but all tensors are in a map, a record or an array; correct its path");
        yield (in, parts) -> {};
      }
    };
  }

  /** A value that may be a tensor of several forms. */
  private static final class Branches {
    private final @Nullable AvroTensor[] tensors;
    private final boolean isUnion;

    Branches(List<@Nullable AvroTensor> tensors, boolean isUnion) {
      this.tensors = tensors.toArray(AvroTensor[]::new);
      this.isUnion = isUnion;
    }

    /** How the value that follows is read; null if it is a null. */
    @Nullable AvroTensor next(AvroInput in) throws BadEventException {
      return tensors[isUnion ? in.readIndex(tensors.length) : 0];
    }
  }

  private Branches branches(Schema schema, String prefix) {
    boolean isUnion = schema.getType() == Schema.Type.UNION;
    List<@Nullable AvroTensor> tensors = new ArrayList<>();
    for (Schema branch : isUnion ? schema.getTypes() : List.of(schema)) {
      if (isUnion && branch.getType() == Schema.Type.NULL) {
        tensors.add(null);
        continue;
      }
      TensorForms.Form form = TensorForms.of(branch, AS_SENT);
      tensors.add(form.tensor());
      if (form.misfit() != null) {
        misfits.add(prefix + form.misfit());
      }
    }
    return new Branches(tensors, isUnion);
  }

  private static AvroStep map(Branches values) {
    return (in, parts) -> {
      parts.beginAll(false);
      int i = 0;
      for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
        int blockEnd = in.blockEnd();
        for (long left = count; left > 0; left--, i++) {
          int length = in.readLength();
          int key = in.skip(length);
          String keyText = parts.name(in.bytes(), key, key + length);
          if (keyText == null) {
            throw new BadEventException("the name of tensor " + i + " is not UTF-8");
          }
          read(in, values, parts, keyText, i);
        }
        in.endBlock(blockEnd);
      }
    };
  }

  private AvroStep array(Branches items) {
    return (in, parts) -> {
      parts.beginAll(true);
      int i = 0;
      for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
        int blockEnd = in.blockEnd();
        for (long left = count; left > 0; left--, i++) {
          if (!read(in, items, parts, null, i)) {
            throw new BadEventException(
                name + "[" + i + "] is null, but tensors by position are all there; send it");
          }
        }
        in.endBlock(blockEnd);
      }
    };
  }

  private AvroStep record(Schema schema) {
    List<Schema.Field> fields = schema.getFields();
    String[] names = fields.stream().map(Schema.Field::name).toArray(String[]::new);
    Branches[] values =
        fields.stream()
            .map(field -> branches(field.schema(), "has a field " + field.name() + " that "))
            .toArray(Branches[]::new);
    return (in, parts) -> {
      parts.beginAll(false);
      for (int i = 0; i < names.length; i++) {
        read(in, values[i], parts, names[i], i);
      }
    };
  }

  /** False if it is null. */
  private static boolean read(
      AvroInput in, Branches values, MappedEvent parts, @Nullable String key, int index)
      throws BadEventException {
    AvroTensor tensor = values.next(in);
    if (tensor == null) {
      return false;
    }
    TensorValue value = parts.next(key);
    try {
      tensor.read(in, value);
    } catch (BadEventException e) {
      throw new BadEventException("tensor " + index + ": " + e.getMessage());
    }
    return true;
  }
}
