package io.embeddingexport.event.kserve;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import io.embeddingexport.event.plan.ElementReader;
import io.embeddingexport.event.plan.StringContent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One output of a response: rows of elements, little-endian. The first dimension is the batch.
 *
 * @param element the type of the payload's elements; null for BYTES
 * @param rowElements elements of a row
 * @param payload a view of it; a string of BYTES has its length in four bytes before it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record KserveOutput(
    String name,
    KserveType type,
    @Nullable ElementType element,
    int rows,
    int rowElements,
    byte[] payload,
    int from,
    int to) {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** Bytes of a row; the type is not BYTES. */
  int rowBytes() {
    return rowElements * element.bytes();
  }

  /** The length of the string whose length is at that offset. */
  int stringLength(int at) {
    return (int) INT.get(payload, at);
  }

  /** The strings of a row, as a tensor. */
  Tensor strings(int rowFrom, int rowTo) throws BadEventException {
    StringContent strings = new StringContent();
    strings.expect(rowElements);
    for (int at = rowFrom; at < rowTo; ) {
      int length = stringLength(at);
      strings.add(payload, at + Integer.BYTES, length);
      at += Integer.BYTES + length;
    }
    return strings.tensor(null);
  }

  /** The only element of a row, a whole number. */
  long whole(int row) throws BadEventException {
    if (!type.isWhole()) {
      throw new BadEventException(name + " has " + type + ", no whole numbers");
    }
    return ElementReader.whole(element, payload, from + row * rowBytes(), false);
  }

  /** An output of these elements, which are as many as its header says. */
  static KserveOutput of(
      KserveHeader header, @Nullable ElementType element, byte[] payload, int from, int to)
      throws BadEventException {
    KserveOutput output =
        new KserveOutput(
            header.name(),
            header.requireType(),
            element,
            header.rows(),
            header.rowElements(),
            payload,
            from,
            to);
    output.requireElements();
    return output;
  }

  /**
   * Checks that the payload has as many elements as the shape says.
   *
   * @throws BadEventException if the bytes are not of that many
   */
  private void requireElements() throws BadEventException {
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
    } else if (elements * element.bytes() != to - from) {
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
