package io.embeddingexport.event.protobuf;

import io.embeddingexport.event.BadEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads Protobuf's encoding. It takes what protobuf-java takes: a varint is cut to the bits that
 * its place has. Reused; not thread-safe.
 */
public final class ProtobufReader {
  /** Deepest nesting of groups that are skipped. */
  static final int MAX_GROUPS = 64;

  private static final int MAX_VARINT_BYTES = 10;
  private static final int MAX_VARINT_BITS = 7 * MAX_VARINT_BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int[] NO_GROUPS = {};

  /** Fields of the groups that are being skipped; made with the first of them. */
  private int[] groups = NO_GROUPS;

  private byte[] bytes = {};
  private int at;
  private int end;

  /** Reads these bytes from now on. */
  public void reset(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    at = from;
    end = to;
  }

  /** Offset in the array of what is read next. */
  public int position() {
    return at;
  }

  /** Goes to an offset that was read or skipped before. */
  void position(int newPosition) {
    at = newPosition;
  }

  /** Where the bytes end that may be read: those of a message or a packed list. */
  int end() {
    return end;
  }

  /** Sets the end: one that {@link #length} checked, or the one before that. */
  void end(int newEnd) {
    end = newEnd;
  }

  public boolean isAtEnd() {
    return at == end;
  }

  /** Reads a tag. Its field's number is not 0. */
  public int tag() throws BadEventException {
    if (at < end && bytes[at] >= 1 << WireType.BITS) {
      return bytes[at++];
    }
    int tag = (int) varint();
    if (WireType.field(tag) == 0) {
      throw new BadEventException("a field has number 0, so this is no Protobuf message");
    }
    return tag;
  }

  /** Reads a varint. */
  public long varint() throws BadEventException {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    return longVarint();
  }

  /** Apart, so that the JIT compiler inlines the way of most varints. */
  private long longVarint() throws BadEventException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      if (at == end) {
        throw ends();
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw tooLong();
  }

  /** Reads the length of what follows. That many bytes do follow. */
  public int length() throws BadEventException {
    int length = (int) varint();
    if (length < 0 || length > end - at) {
      throw new BadEventException(
          "a length is " + length + ", but only " + (end - at) + " bytes follow");
    }
    return length;
  }

  /** Reads four bytes. */
  int fixed32() throws BadEventException {
    advance(Integer.BYTES);
    return (int) INT.get(bytes, at - Integer.BYTES);
  }

  /** Reads eight bytes. */
  long fixed64() throws BadEventException {
    advance(Long.BYTES);
    return (long) LONG.get(bytes, at - Long.BYTES);
  }

  /** Skips that many bytes. */
  public void advance(int count) throws BadEventException {
    if (count > end - at) {
      throw ends();
    }
    at += count;
  }

  /** Skips the value behind a tag. */
  public void skip(int tag) throws BadEventException {
    if (WireType.of(tag) == WireType.GROUP) {
      skipGroup(WireType.field(tag));
    } else {
      skipValue(WireType.of(tag));
    }
  }

  /** Skips a value of a form that is no group. */
  void skipValue(int wireType) throws BadEventException {
    switch (wireType) {
      case WireType.VARINT -> skipVarint();
      case WireType.FIXED64 -> advance(Long.BYTES);
      case WireType.LENGTH -> advance(length());
      case WireType.FIXED32 -> advance(Integer.BYTES);
      case WireType.GROUP_END -> throw new BadEventException("a group ends that did not begin");
      default -> throw new BadEventException("a field has wire type " + wireType);
    }
  }

  private void skipVarint() throws BadEventException {
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (at == end) {
        throw ends();
      }
      if (bytes[at++] >= 0) {
        return;
      }
    }
    throw tooLong();
  }

  private void skipGroup(int field) throws BadEventException {
    if (groups.length == 0) {
      groups = new int[MAX_GROUPS];
    }
    groups[0] = field;
    int depth = 1;
    while (depth > 0) {
      int tag = tag();
      int wireType = WireType.of(tag);
      if (wireType == WireType.GROUP) {
        if (depth == MAX_GROUPS) {
          throw new BadEventException("groups are nested more than " + MAX_GROUPS + " deep");
        }
        groups[depth++] = WireType.field(tag);
      } else if (wireType != WireType.GROUP_END) {
        skipValue(wireType);
      } else if (groups[--depth] != WireType.field(tag)) {
        throw new BadEventException("a group ends that did not begin");
      }
    }
  }

  private static BadEventException tooLong() {
    return new BadEventException("a varint has more than " + MAX_VARINT_BYTES + " bytes");
  }

  private static BadEventException ends() {
    return new BadEventException("the bytes end inside a value");
  }
}
