package io.embeddingexport.event;

import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.ThriftReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads names (of models, of tensors) as Strings and keeps those read lately, by their bytes: a
 * stream repeats few names, so most events make no new String. Holds at most {@value #SLOTS} names
 * of {@value #LONGEST} bytes; a name that falls on another's slot takes its place. Not thread-safe.
 */
final class NameCache {
  private static final int SLOTS = 256;
  private static final int LONGEST = 256;

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

  private static int slot(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (SLOTS - 1);
  }
}
