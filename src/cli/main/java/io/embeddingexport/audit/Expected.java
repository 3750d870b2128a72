package io.embeddingexport.audit;

/** The only right output of an input. */
public sealed interface Expected {

  /**
   * A record.
   *
   * @param version of the key config that it is written under
   * @param value its bytes, which code other than the export's has written
   */
  record Record(long version, byte[] value) implements Expected {}

  /** The key alone. */
  record Tombstone() implements Expected {}

  /** The input itself on the dead-letter topic. */
  record Letter(String reason) implements Expected {}
}
