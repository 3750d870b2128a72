package io.embeddingexport.datarecord.wire;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Internal. Byte layout of tensors that already match a record and can be copied undecoded: each
 * has its slot's element type, shape and raw encoding, with its fields in id order, as generated
 * code writes them. The record holds the same bytes, so nothing is decoded: the bytes around the
 * contents are equal in each event and are compared, and the contents are copied.
 *
 * <pre>
 * tensors = (prefix tensor)*
 * tensor  = 0C 0001  08 0001 i32 dataType  0B 0002 i32 byteLength content  [0F 0003 0A i32 rank i64 dim*]  00 00
 * </pre>
 *
 * <p>An event may omit the shapes of all its tensors; the record has them. Immutable and
 * thread-safe.
 */
public final class TensorLayout {
  /** Bytes of a raw tensor before its content. */
  private static final int HEAD = 3 + 7 + 7;

  /** The bytes after a content without a shape: the ends of struct and union. */
  private static final byte[] STOPS = {ThriftType.STOP, ThriftType.STOP};

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final RecordImage image;
  private final Slot[] slots;

  /** All bytes except the contents, without gaps. */
  private final byte[] fixed;

  /** Bytes of the tensors, including their contents. */
  private final int length;

  private final @Nullable TensorLayout withoutShapes;

  /**
   * The slot of one content.
   *
   * @param inFixed its offset among the fixed bytes: those before it end there
   * @param inTensors offset in bytes from an event's first tensor
   * @param inRecord offset in bytes from the start of the record
   * @param length in bytes
   * @param finite number of elements if NaN and infinities do not match; else 0
   */
  private record Slot(int inFixed, int inTensors, int inRecord, int length, int finite) {}

  private TensorLayout(
      RecordImage image, byte[] fixed, Slot[] slots, @Nullable TensorLayout withoutShapes) {
    this.image = image;
    this.fixed = fixed;
    this.slots = slots;
    this.withoutShapes = withoutShapes;
    int contents = 0;
    for (Slot slot : slots) {
      contents += slot.length;
    }
    this.length = fixed.length + contents;
  }

  /**
   * @param contents offset of each content in the record
   * @param prefixes the event's bytes before each tensor
   * @param finite for each tensor, whether NaN and infinities do not match
   */
  public static TensorLayout of(
      RecordImage image, int[] contents, List<byte[]> prefixes, boolean[] finite) {
    TensorLayout withoutShapes = of(image, contents, prefixes, finite, false, null);
    return of(image, contents, prefixes, finite, true, withoutShapes);
  }

  private static TensorLayout of(
      RecordImage image,
      int[] contents,
      List<byte[]> prefixes,
      boolean[] finite,
      boolean shapes,
      @Nullable TensorLayout withoutShapes) {
    ByteArrayOutputStream fixed = new ByteArrayOutputStream();
    byte[] record = image.bytes();
    Slot[] slots = new Slot[contents.length];
    int before = 0;
    for (int i = 0; i < slots.length; i++) {
      int content = contents[i];
      int length = ThriftWriter.getI32(record, content - Integer.BYTES);
      fixed.writeBytes(prefixes.get(i));
      fixed.write(record, content - HEAD, HEAD);
      int floats = finite[i] ? length / Float.BYTES : 0;
      slots[i] = new Slot(fixed.size(), fixed.size() + before, content, length, floats);
      before += length;
      int tail = content + length;
      if (shapes) {
        int next = i + 1 < slots.length ? contents[i + 1] - HEAD - Long.BYTES : record.length - 1;
        fixed.write(record, tail, next - tail);
      } else {
        fixed.writeBytes(STOPS);
      }
    }
    return new TensorLayout(image, fixed.toByteArray(), slots, withoutShapes);
  }

  /** Number of tensors. */
  public int tensorCount() {
    return slots.length;
  }

  /** Bytes of the tensors in an event. */
  public int length() {
    return length;
  }

  /**
   * Checks whether the tensors at {@code from} have this layout.
   *
   * @param end end of the readable bytes
   * @return this, the same without shapes, or null if they do not match
   */
  public @Nullable TensorLayout match(byte[] event, int from, int end) {
    if (matches(event, from, end)) {
      return this;
    }
    return withoutShapes != null && withoutShapes.matches(event, from, end) ? withoutShapes : null;
  }

  private boolean matches(byte[] event, int from, int end) {
    if (end - from < length) {
      return false;
    }
    int begin = 0;
    int at = from;
    for (Slot slot : slots) {
      int content = from + slot.inTensors;
      if (!equal(fixed, begin, slot.inFixed, event, at)
          || (slot.finite > 0 && FiniteCheck.firstInFloats(event, content, slot.finite) >= 0)) {
        return false;
      }
      begin = slot.inFixed;
      at = content + slot.length;
    }
    return equal(fixed, begin, fixed.length, event, at);
  }

  /**
   * The record of tensors with this layout.
   *
   * @param discreteValues a value for each discrete feature of the record
   * @param from offset where they {@linkplain #match match}
   */
  public byte[] write(long[] discreteValues, byte[] event, int from) {
    byte[] record = null;
    if (slots.length == 1) {
      Slot only = slots[0];
      record =
          image.newRecordAround(
              event, from + only.inTensors, only.inRecord, only.length, discreteValues);
    }
    return record == null ? fill(image.newRecord(discreteValues), event, from) : record;
  }

  /** Whether {@code length} bytes at {@code from} can be the content of tensor {@code slot}. */
  public boolean accepts(int slot, byte[] content, int from, int length) {
    Slot given = slots[slot];
    return length == given.length
        && (given.finite == 0 || FiniteCheck.firstInFloats(content, from, given.finite) < 0);
  }

  /**
   * A record with zeros for contents, to be {@linkplain #put filled}.
   *
   * @param discreteValues a value for each discrete feature of the record
   */
  public byte[] newRecord(long[] discreteValues) {
    return image.newRecord(discreteValues);
  }

  /** Copies the content of tensor {@code slot}, which is {@linkplain #accepts accepted}. */
  public void put(byte[] record, int slot, byte[] content, int from) {
    System.arraycopy(content, from, record, slots[slot].inRecord, slots[slot].length);
  }

  private byte[] fill(byte[] record, byte[] event, int from) {
    for (Slot slot : slots) {
      System.arraycopy(event, from + slot.inTensors, record, slot.inRecord, slot.length);
    }
    return record;
  }

  /** Same as {@code Arrays.equals}, which costs more for so few bytes. */
  private static boolean equal(byte[] one, int begin, int end, byte[] other, int from) {
    int shift = from - begin;
    if (end - begin < Long.BYTES) {
      for (int i = begin; i < end; i++) {
        if (one[i] != other[shift + i]) {
          return false;
        }
      }
      return true;
    }
    // The last eight bytes may overlap those before them.
    int last = end - Long.BYTES;
    for (int i = begin; i < last; i += Long.BYTES) {
      if (differ(one, i, other, shift + i)) {
        return false;
      }
    }
    return !differ(one, last, other, shift + last);
  }

  private static boolean differ(byte[] one, int oneAt, byte[] other, int otherAt) {
    return (long) LONG.get(one, oneAt) != (long) LONG.get(other, otherAt);
  }
}
