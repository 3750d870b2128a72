package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.TensorSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Compiles types whose values are tensors. */
final class TensorForms {

  /** How a type is read as a tensor, or why it cannot be one: exactly one of them is null. */
  record Form(@Nullable AvroTensor tensor, @Nullable String misfit) {}

  /**
   * How values of that type are read.
   *
   * @param schema no union
   */
  static Form of(Schema schema, TensorSource source) {
    if (schema.getType() == Schema.Type.ARRAY) {
      return array(schema, source);
    }
    AvroElements elements = AvroElements.of(schema);
    if (elements == null) {
      return misfit(schema);
    }
    boolean bytes = schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED;
    if (bytes && source.misfit(null) == null && source.dataType() != null) {
      return new Form(elements::readOne, null);
    }
    if (bytes) {
      return rawElements(schema, source);
    }
    String misfit = source.misfit(elements.elementType());
    return misfit == null ? new Form(elements::readOne, null) : new Form(null, misfit);
  }

  private static Form rawElements(Schema schema, TensorSource source) {
    if (schema.getType() == Schema.Type.BYTES) {
      return new Form(
          (in, tensor) -> {
            int length = in.readLength();
            tensor.bytes(in.bytes(), in.skip(length), length);
          },
          null);
    }
    int size = schema.getFixedSize();
    int element = source.bytesOf().bytes();
    return size % element == 0
        ? new Form((in, tensor) -> tensor.bytes(in.bytes(), in.skip(size), size), null)
        : new Form(
            null,
            "is a fixed of "
                + size
                + " bytes, no whole number of "
                + source.bytesOf().label()
                + " elements; correct from or dtype");
  }

  private static Form array(Schema schema, TensorSource source) {
    List<Integer> valueBranches = new ArrayList<>();
    Schema items = schema;
    while (items.getType() == Schema.Type.ARRAY) {
      items = items.getElementType();
      int branch = ArrayTensor.NO_UNION;
      if (items.getType() == Schema.Type.UNION) {
        branch = valueBranch(items);
        if (branch == ArrayTensor.NO_UNION) {
          return new Form(null, "has items of several types; write one, beside null if need be");
        }
        items = items.getTypes().get(branch);
      }
      valueBranches.add(branch);
    }
    if (valueBranches.size() > ArrayTensor.MAX_RANK) {
      return new Form(null, "has more than " + ArrayTensor.MAX_RANK + " arrays in each other");
    }
    AvroElements elements = AvroElements.of(items);
    if (elements == null) {
      return new Form(
          null,
          "has items that are "
              + AvroNames.of(items)
              + " each, which is no element; write PATH[0].FIELD for a tensor in one of them");
    }
    String misfit = source.misfit(elements.elementType());
    int[] branches = valueBranches.stream().mapToInt(Integer::intValue).toArray();
    return misfit == null
        ? new Form(new ArrayTensor(elements, branches), null)
        : new Form(null, misfit);
  }

  /** The branch that is not null, of a union of null and one other type. */
  private static int valueBranch(Schema union) {
    List<Schema> branches = union.getTypes();
    if (branches.size() != 2) {
      return ArrayTensor.NO_UNION;
    }
    boolean firstIsNull = branches.get(0).getType() == Schema.Type.NULL;
    boolean secondIsNull = branches.get(1).getType() == Schema.Type.NULL;
    return firstIsNull == secondIsNull ? ArrayTensor.NO_UNION : firstIsNull ? 1 : 0;
  }

  private static Form misfit(Schema schema) {
    return new Form(
        null,
        switch (schema.getType()) {
          case RECORD -> "is a record, no tensor; write the path of a field in it";
          case MAP -> "is a map, no tensor; write the path of a key in it";
          case FIXED -> "is a fixed of no bytes";
          default -> "is " + AvroNames.of(schema) + ", no tensor; correct its path";
        });
  }

  /** A step that reads a tensor of its own. */
  static AvroStep step(int target, String name, AvroTensor tensor) {
    return (in, parts) -> {
      try {
        tensor.read(in, parts.tensor(target));
      } catch (BadEventException e) {
        throw new BadEventException(name + ": " + e.getMessage());
      }
    };
  }

  private TensorForms() {}
}
