package io.embeddingexport.event;

import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.ThriftReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads names (of models, of tensors) as Strings and keeps those read lately, by their bytes: a
 * stream repeats few names, so most events make no new String. Holds at most {@value #SLOTS} names
 * of {@value #LONGEST} bytes; a name that falls on another's slot takes its place. Not thread-safe.
 */
final class NameCache {
  private static final int SLOT_BITS = 8;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int LONGEST = 256;

  /** The golden ratio's bits: after it the highest bits depend on all. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final @Nullable Name[] slots = new Name[SLOTS];

  @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
  private record Name(byte[] utf8, String text) {}

  /** Reads a string at the reader's position, strictly as UTF-8. */
  String read(ThriftReader in) throws MalformedRecordException {
    int header = in.position();
    int length = in.readCount(1);
    int from = in.position();
    int to = from + length;
    in.skipBytes(length);
    byte[] bytes = in.bytes();
    if (length > LONGEST) {
      return readNew(bytes, header, to);
    }
    int slot = slot(bytes, from, to);
    Name name = slots[slot];
    if (name != null && Arrays.equals(name.utf8, 0, name.utf8.length, bytes, from, to)) {
      return name.text;
    }
    String text = readNew(bytes, header, to);
    slots[slot] = new Name(Arrays.copyOfRange(bytes, from, to), text);
    return text;
  }

  private static String readNew(byte[] bytes, int header, int to) throws MalformedRecordException {
    return new ThriftReader(bytes, header, to - header).readString();
  }

  /** By eight bytes at a time; the last eight may overlap those before them. */
  private static int slot(byte[] bytes, int from, int to) {
    long hash = to - from;
    if (to - from < Long.BYTES) {
      for (int i = from; i < to; i++) {
        hash = (hash ^ bytes[i]) * MIX;
      }
    } else {
      int last = to - Long.BYTES;
      for (int i = from; i < last; i += Long.BYTES) {
        hash = (hash ^ (long) LONG.get(bytes, i)) * MIX;
      }
      hash = (hash ^ (long) LONG.get(bytes, last)) * MIX;
    }
    return (int) (hash >>> (Long.SIZE - SLOT_BITS));
  }
}
