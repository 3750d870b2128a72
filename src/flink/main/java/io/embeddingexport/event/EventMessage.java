package io.embeddingexport.event;

import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/** A message as decoders see it. The arrays must not be changed. */
@PublicEvolving
public interface EventMessage {
  /** Null for a tombstone. */
  byte @Nullable [] value();

  /** Null if it has none. */
  byte @Nullable [] key();

  /** The topic it is from; empty if unknown. */
  String topic();

  /** The value of the last header of that name; null if there is none. */
  byte @Nullable [] header(String name);

  /** A value alone. */
  static EventMessage of(byte @Nullable [] value) {
    return new ValueOnly(value);
  }

  /** Same as {@link #of}. */
  @SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
  record ValueOnly(byte @Nullable [] value) implements EventMessage {
    @Override
    public byte @Nullable [] key() {
      return null;
    }

    @Override
    public String topic() {
      return "";
    }

    @Override
    public byte @Nullable [] header(String name) {
      return null;
    }
  }
}
