package io.embeddingexport.flink;

import io.embeddingexport.keys.ModelState;
import org.jspecify.annotations.Nullable;

/**
 * A model's state with its serialized bytes, which each checkpoint writes again and which never
 * change. With 10,000 models and a checkpoint a second, making them anew took a fifth of the job's
 * CPU. Thread-safe, since Flink writes state beside the task's thread.
 */
final class StoredKeyConfig {
  private final ModelState entry;

  /** Made when they are first written. */
  private volatile byte @Nullable [] bytes;

  StoredKeyConfig(ModelState entry) {
    this.entry = entry;
  }

  ModelState entry() {
    return entry;
  }

  /** As {@link KeyConfigSerializer} writes the entry; not to be changed. */
  byte[] bytes() {
    byte[] made = bytes;
    if (made == null) {
      made = KeyConfigSerializer.bytes(entry);
      bytes = made;
    }
    return made;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredKeyConfig stored && stored.entry.equals(entry);
  }

  @Override
  public int hashCode() {
    return entry.hashCode();
  }

  @Override
  public String toString() {
    return entry.toString();
  }
}
