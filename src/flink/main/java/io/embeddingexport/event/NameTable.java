package io.embeddingexport.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by name, found by the bytes of a name in an event. With many names, most of the memory an
 * event touches is not in the core's caches. So a lookup takes three memory accesses (slot, name,
 * value), while a map of Strings takes twice as many and a new String. Not thread-safe.
 *
 * <p>Open addressing: a name is in the first free slot from the one its hash selects. At least half
 * of the slots are free, so that is near.
 */
public final class NameTable<V> {
  private static final int FIRST_SLOT_BITS = 4;
  private static final int SLOT = 2;

  /** Alternates name bytes and value; null and null for a free slot. */
  private @Nullable Object[] slots = new Object[SLOT << FIRST_SLOT_BITS];

  private int shift = Long.SIZE - FIRST_SLOT_BITS;
  private int size;

  /** The value of the name with these bytes; null if there is none. */
  public @Nullable V find(byte[] bytes, int from, int to) {
    return value(slot(bytes, from, to));
  }

  /** Sets the value of a name, replacing any existing one. */
  public void put(String name, V value) {
    byte[] utf8 = name.getBytes(UTF_8);
    if (set(utf8, value)) {
      size++;
      if (size * SLOT * 2 > slots.length) {
        grow();
      }
    }
  }

  /** Removes a name, if present. */
  public void remove(String name) {
    byte[] utf8 = name.getBytes(UTF_8);
    int slot = slot(utf8, 0, utf8.length);
    if (slots[slot] == null) {
      return;
    }
    clear(slot);
    size--;
    // A later entry may be there because this slot was taken.
    for (slot = next(slot); slots[slot] != null; slot = next(slot)) {
      byte[] moved = (byte[]) slots[slot];
      Object value = slots[slot + 1];
      clear(slot);
      set(moved, value);
    }
  }

  /** Whether the name is new. */
  private boolean set(byte[] utf8, Object value) {
    int slot = slot(utf8, 0, utf8.length);
    boolean isNew = slots[slot] == null;
    slots[slot] = utf8;
    slots[slot + 1] = value;
    return isNew;
  }

  private void grow() {
    Object[] old = slots;
    slots = new Object[old.length * 2];
    shift--;
    for (int slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot] != null) {
        set((byte[]) old[slot], old[slot + 1]);
      }
    }
  }

  /** The name's slot, or the free slot for it. */
  private int slot(byte[] bytes, int from, int to) {
    int slot = (int) (Utf8Hash.of(bytes, from, to) >>> shift) * SLOT;
    while (slots[slot] != null && !isAt(slot, bytes, from, to)) {
      slot = next(slot);
    }
    return slot;
  }

  private boolean isAt(int slot, byte[] bytes, int from, int to) {
    byte[] utf8 = (byte[]) slots[slot];
    return Arrays.equals(utf8, 0, utf8.length, bytes, from, to);
  }

  private int next(int slot) {
    return (slot + SLOT) & (slots.length - 1);
  }

  private void clear(int slot) {
    slots[slot] = null;
    slots[slot + 1] = null;
  }

  @SuppressWarnings("unchecked") // only put adds values
  private V value(int slot) {
    return (V) slots[slot + 1];
  }
}
