package io.embeddingexport.event;

import io.embeddingexport.datarecord.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads names (of tensors, of unknown models) as Strings and caches recent ones by their bytes: a
 * stream repeats few names, so most events create no new String. Holds at most {@value #SLOTS}
 * names of {@value #LONGEST} bytes; a name replaces another in its slot. Not thread-safe.
 */
public final class NameCache {
  private static final int SLOT_BITS = 8;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int LONGEST = 256;

  private final @Nullable Name[] slots = new Name[SLOTS];

  @SuppressWarnings("ArrayRecordComponent") // compared by its bytes
  private record Name(byte[] utf8, String text) {}

  /** The text of these bytes; null if they are not UTF-8. */
  public @Nullable String text(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      return Bytes.of(bytes, from, to - from).utf8();
    }
    int slot = (int) (Utf8Hash.of(bytes, from, to) >>> (Long.SIZE - SLOT_BITS));
    Name name = slots[slot];
    if (name != null && Arrays.equals(name.utf8, 0, name.utf8.length, bytes, from, to)) {
      return name.text;
    }
    String text = Bytes.of(bytes, from, to - from).utf8();
    if (text != null) {
      slots[slot] = new Name(Arrays.copyOfRange(bytes, from, to), text);
    }
    return text;
  }
}
