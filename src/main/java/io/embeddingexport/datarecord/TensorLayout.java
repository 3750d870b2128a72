package io.embeddingexport.datarecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How the tensors of an event stand when they are just what a template takes: each of its place's
 * element type, shape and raw encoding, its fields in the order of their ids, as generated code
 * writes them. A record has them byte for byte the same; so they need not be decoded: their headers
 * are compared with the template's image, and their contents copied.
 *
 * <pre>
 * tensors = (prefix tensor)*
 * tensor  = 0C 0001  08 0001 i32 dataType  0B 0002 i32 byteLength payload  [0F 0003 0A i32 rank i64 dim*]  00 00
 * </pre>
 *
 * <p>An event may leave out a shape; the record has it. Immutable and thread-safe.
 */
public final class TensorLayout {
  /** What {@link #match} says of tensors that stand in another way. */
  public static final int NO_MATCH = -1;

  /** Bytes of a raw tensor before its content. */
  private static final int HEAD = 3 + 7 + 7;

  /** Stop bytes of struct and union, where a shape could stand. */
  private static final int STOPS = 2;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final RecordTemplate template;
  private final byte[] image;
  private final Place[] places;

  /**
   * Where one tensor stands in the image.
   *
   * @param prefix what stands before it in an event
   * @param content offset in the image
   * @param length of the content, in bytes
   * @param tail bytes after the content
   * @param finite elements if NaN and infinities do not match; else 0
   */
  private record Place(byte[] prefix, int content, int length, int tail, int finite) {}

  /**
   * @param prefixes one for each tensor
   * @param finite for each tensor, whether NaN and infinities do not match
   */
  TensorLayout(
      RecordTemplate template,
      byte[] image,
      int[] contents,
      List<byte[]> prefixes,
      boolean[] finite) {
    this.template = template;
    this.image = image;
    this.places = new Place[contents.length];
    for (int i = 0; i < places.length; i++) {
      int length = ThriftWriter.getI32(image, contents[i] - Integer.BYTES);
      int next = i + 1 < places.length ? contents[i + 1] - HEAD - Long.BYTES : image.length - 1;
      places[i] =
          new Place(
              prefixes.get(i),
              contents[i],
              length,
              next - contents[i] - length,
              finite[i] ? length / Float.BYTES : 0);
    }
  }

  /** Number of tensors. */
  public int tensorCount() {
    return places.length;
  }

  /**
   * Whether all tensors stand so at {@code from}.
   *
   * @param end of what may be read
   * @return the offset behind the last tensor, or {@link #NO_MATCH}
   */
  public int match(byte[] event, int from, int end) {
    int at = from;
    for (Place place : places) {
      int prefix = place.prefix.length;
      if (end - at < prefix + HEAD + place.length + STOPS
          || !equal(place.prefix, 0, event, at, prefix)
          || !equal(image, place.content - HEAD, event, at + prefix, HEAD)) {
        return NO_MATCH;
      }
      int content = at + prefix + HEAD;
      if (place.finite > 0 && !FiniteCheck.areFinite(event, content, place.finite)) {
        return NO_MATCH;
      }
      int tail = content + place.length;
      if (hasNoShape(event, tail) && event[tail + 1] == ThriftType.STOP) {
        at = tail + STOPS;
      } else if (end - tail >= place.tail
          && equal(image, place.content + place.length, event, tail, place.tail)) {
        at = tail + place.tail;
      } else {
        return NO_MATCH;
      }
    }
    return at;
  }

  /**
   * The record of tensors that stand so.
   *
   * @param discreteValues a value for each discrete feature of the template
   * @param from where they {@linkplain #match match}
   */
  public byte[] write(long[] discreteValues, byte[] event, int from) {
    byte[] record = template.newRecord(discreteValues);
    int at = from;
    for (Place place : places) {
      int content = at + place.prefix.length + HEAD;
      System.arraycopy(event, content, record, place.content, place.length);
      int tail = content + place.length;
      at = tail + (hasNoShape(event, tail) ? STOPS : place.tail);
    }
    return record;
  }

  private static boolean hasNoShape(byte[] event, int tail) {
    return event[tail] == ThriftType.STOP;
  }

  /** As {@code Arrays.equals}, which costs more for so few bytes. */
  private static boolean equal(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONG.get(one, oneFrom + i) != (long) LONG.get(other, otherFrom + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (one[oneFrom + i] != other[otherFrom + i]) {
        return false;
      }
    }
    return true;
  }
}
