package io.embeddingexport.event.kserve;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One output of a response: rows of elements, little-endian, as {@code raw_output_contents} has
 * them. The first dimension is the batch.
 *
 * @param rowElements elements of a row
 * @param payload a view of it; a string of BYTES has its length in four bytes before it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KserveOutput(
    String name, KserveType type, int rows, int rowElements, byte[] payload, int from, int to) {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes of a row; the type is not BYTES. */
  int rowBytes() {
    return rowElements * type.element().bytes();
  }

  /** The length of the string whose length is at that offset. */
  int stringLength(int at) {
    return (int) INT.get(payload, at);
  }

  /** The strings of a row, as a tensor. */
  Tensor strings(int rowFrom, int rowTo) {
    List<byte[]> elements = new ArrayList<>();
    for (int at = rowFrom; at < rowTo; ) {
      int begin = at + Integer.BYTES;
      at = begin + stringLength(at);
      elements.add(Arrays.copyOfRange(payload, begin, at));
    }
    return Tensor.ofStrings(null, elements).withoutShape();
  }

  /** The only element of a row, a whole number. */
  long whole(int row) throws BadEventException {
    int at = from + row * rowBytes();
    return switch (type) {
      case INT64, UINT64 -> (long) LONG.get(payload, at);
      case INT32 -> (int) INT.get(payload, at);
      case INT8 -> payload[at];
      case UINT8 -> payload[at] & 0xff;
      default -> throw new BadEventException(name + " has " + type + ", no whole numbers");
    };
  }

  /**
   * States how many rows and elements there are.
   *
   * @throws BadEventException if the bytes are not of that many
   */
  void requireElements() throws BadEventException {
    long elements = (long) rows * rowElements;
    if (type == KserveType.BYTES) {
      long found = 0;
      int at = from;
      while (at < to) {
        int length = to - at < Integer.BYTES ? -1 : stringLength(at);
        if (length < 0 || length > to - at - Integer.BYTES) {
          throw new BadEventException("output " + name + " has a string that does not end");
        }
        at += Integer.BYTES + length;
        found++;
      }
      if (found != elements) {
        throw new BadEventException(
            "output " + name + " has " + found + " strings, but its shape has " + elements);
      }
    } else if (elements * type.element().bytes() != to - from) {
      throw new BadEventException(
          "output "
              + name
              + " has "
              + (to - from)
              + " bytes, but its shape has "
              + elements
              + " elements of "
              + type);
    }
  }
}
