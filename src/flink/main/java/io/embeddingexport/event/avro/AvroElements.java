package io.embeddingexport.event.avro;

import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.plan.TensorValue;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Elements of a tensor: all values of a type that has no parts. Immutable. */
final class AvroElements {
  private final Schema.Type type;
  private final @Nullable ElementType elementType;
  private final int size;

  private AvroElements(Schema schema, @Nullable ElementType elementType) {
    this.type = schema.getType();
    this.elementType = elementType;
    this.size =
        type == Schema.Type.FIXED
            ? schema.getFixedSize()
            : elementType == null ? 0 : elementType.bytes();
  }

  /** Elements of that type; null if its values are not elements. */
  static @Nullable AvroElements of(Schema schema) {
    return switch (schema.getType()) {
      case FLOAT -> new AvroElements(schema, ElementType.FLOAT32);
      case DOUBLE -> new AvroElements(schema, ElementType.FLOAT64);
      case INT -> new AvroElements(schema, ElementType.INT32);
      case LONG -> new AvroElements(schema, ElementType.INT64);
      case BOOLEAN -> new AvroElements(schema, ElementType.BOOL);
      case STRING, BYTES -> new AvroElements(schema, null);
      // A few bytes of an event could claim any number of elements that have none.
      case FIXED -> schema.getFixedSize() == 0 ? null : new AvroElements(schema, null);
      default -> null;
    };
  }

  /** Null if they are strings. */
  @Nullable ElementType elementType() {
    return elementType;
  }

  /** Reads one value alone. */
  void readOne(AvroInput in, TensorValue tensor) throws BadEventException {
    begin(in, tensor);
    read(in, tensor, 1, ArrayTensor.NO_UNION);
    end(in, tensor, null);
  }

  void begin(AvroInput in, TensorValue tensor) throws BadEventException {
    if (elementType == null) {
      in.strings.beginTensor();
    } else {
      tensor.begin(elementType);
    }
  }

  void end(AvroInput in, TensorValue tensor, @Nullable Shape shape) throws BadEventException {
    if (elementType == null) {
      tensor.set(in.strings.tensor(shape));
    } else if (shape != null) {
      tensor.shape(shape);
    }
  }

  /**
   * Reads the items of a block.
   *
   * @param valueBranch the branch of each; {@link ArrayTensor#NO_UNION} if it has none
   */
  void read(AvroInput in, TensorValue tensor, long count, int valueBranch)
      throws BadEventException {
    boolean hasBranch = valueBranch != ArrayTensor.NO_UNION;
    switch (type) {
      case FLOAT, DOUBLE, BOOLEAN -> {
        if (hasBranch) {
          readStrided(in, tensor, in.requireItems(count, 1), valueBranch);
        } else {
          readRun(in, tensor, count);
        }
      }
      case INT, LONG -> readNumbers(in, tensor, in.requireItems(count, 1), valueBranch);
      default -> {
        in.strings.expect(in.requireItems(count, 1));
        for (long i = 0; i < count; i++) {
          ArrayTensor.requireValue(in, valueBranch);
          readString(in);
        }
      }
    }
  }

  private void readRun(AvroInput in, TensorValue tensor, long count) throws BadEventException {
    int length = in.requireItems(count, size) * size;
    int from = in.at();
    if (type == Schema.Type.BOOLEAN) {
      requireBooleans(in.bytes(), from, 1, length);
    }
    tensor.run(elementType, in.bytes(), from, length);
    in.skip(length);
  }

  /** Elements with the byte of their branch before each. */
  private void readStrided(AvroInput in, TensorValue tensor, int count, int valueBranch)
      throws BadEventException {
    int stride = 1 + size;
    byte[] bytes = in.bytes();
    int from = in.at();
    int complete = Math.min(count, in.remaining() / stride);
    int branch = 2 * valueBranch;
    for (int i = 0; i < complete; i++) {
      if (bytes[from + i * stride] != branch) {
        in.skip((long) i * stride);
        throw nullOrWrong(in, valueBranch);
      }
    }
    if (complete < count) {
      in.skip((long) complete * stride);
      ArrayTensor.requireValue(in, valueBranch);
      throw in.ends();
    }
    if (type == Schema.Type.BOOLEAN) {
      requireBooleans(bytes, from + 1, stride, count);
    }
    tensor.strided(elementType, bytes, from + 1, stride, count);
    in.skip((long) count * stride);
  }

  private static BadEventException nullOrWrong(AvroInput in, int valueBranch)
      throws BadEventException {
    ArrayTensor.requireValue(in, valueBranch);
    return new BadEventException("the index of a union's branch takes more bytes than it needs");
  }

  static void requireBooleans(byte[] bytes, int from, int stride, int count)
      throws BadEventException {
    for (int i = 0; i < count; i++) {
      if ((bytes[from + i * stride] & ~1) != 0) {
        throw new BadEventException("a boolean is neither 0 nor 1");
      }
    }
  }

  private void readNumbers(AvroInput in, TensorValue tensor, int count, int valueBranch)
      throws BadEventException {
    tensor.expect(elementType, count);
    for (int i = 0; i < count; i++) {
      ArrayTensor.requireValue(in, valueBranch);
      tensor.whole(elementType, type == Schema.Type.INT ? in.readInt() : in.readLong());
    }
  }

  private void readString(AvroInput in) throws BadEventException {
    int length = type == Schema.Type.FIXED ? size : in.readLength();
    in.strings.add(in.bytes(), in.skip(length), length);
  }
}
