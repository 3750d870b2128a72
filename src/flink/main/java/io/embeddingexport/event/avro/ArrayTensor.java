package io.embeddingexport.event.avro;

import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.TensorValue;
import java.util.Arrays;

/**
 * Reads arrays in arrays. All arrays of one depth have the same length, and the lengths are the
 * shape; one array alone states none.
 */
final class ArrayTensor implements AvroTensor {
  static final int MAX_RANK = 32;

  /** The items are no union. */
  static final int NO_UNION = -1;

  private static final int UNKNOWN = -1;

  private final AvroElements elements;

  /** By depth: the branch of a union of null and a value that is the value; {@link #NO_UNION}. */
  private final int[] valueBranches;

  ArrayTensor(AvroElements elements, int[] valueBranches) {
    this.elements = elements;
    this.valueBranches = valueBranches.clone();
  }

  @Override
  public void read(AvroInput in, TensorValue tensor) throws BadEventException {
    int rank = valueBranches.length;
    elements.begin(in, tensor);
    if (rank == 1) {
      elements(in, tensor);
      elements.end(in, tensor, null);
      return;
    }
    Arrays.fill(in.extents, 0, rank, UNKNOWN);
    array(in, tensor, 0);
    elements.end(in, tensor, shape(in.extents, rank));
  }

  private long elements(AvroInput in, TensorValue tensor) throws BadEventException {
    int branch = valueBranches[valueBranches.length - 1];
    long length = 0;
    for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
      int blockEnd = in.blockEnd();
      elements.read(in, tensor, count, branch);
      in.endBlock(blockEnd);
      length += count;
    }
    return length;
  }

  private void array(AvroInput in, TensorValue tensor, int depth) throws BadEventException {
    long length = 0;
    if (depth == valueBranches.length - 1) {
      length = elements(in, tensor);
    } else {
      for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
        int blockEnd = in.blockEnd();
        for (long i = 0; i < count; i++) {
          requireValue(in, valueBranches[depth]);
          array(in, tensor, depth + 1);
        }
        in.endBlock(blockEnd);
        length += count;
      }
    }
    long[] extents = in.extents;
    if (extents[depth] != UNKNOWN && extents[depth] != length) {
      throw new BadEventException(
          "arrays of one depth have different lengths, such as "
              + extents[depth]
              + " and "
              + length
              + "; send equal ones");
    }
    extents[depth] = length;
  }

  /** Reads the branch of an item that must not be null. */
  static void requireValue(AvroInput in, int valueBranch) throws BadEventException {
    if (valueBranch != NO_UNION && in.readIndex(2) != valueBranch) {
      throw new BadEventException("has a null among its items; send a value for each");
    }
  }

  private static Shape shape(long[] extents, int rank) throws BadEventException {
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = Math.max(extents[i], 0);
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new BadEventException("a shape of rank " + rank + " has 2^31 elements or more");
    }
  }
}
