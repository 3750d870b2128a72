package io.embeddingexport.event.plan;

import io.embeddingexport.event.BadEventException;

/** Reads events of one format. Not thread-safe. */
public interface EventWalk {

  /**
   * Walks an event, and hands {@code parts} what its plan asks for.
   *
   * @param from where the event begins in {@code event}; it ends where the array does
   * @throws BadEventException if the bytes are not of the format, or a part is wrong; {@link
   *     #position} is where
   */
  void read(byte[] event, int from, MappedEvent parts) throws BadEventException;

  /** Offset in the array, in bytes, of what was read last; -1 if no place can be named. */
  int position();

  /** Same as {@link io.embeddingexport.event.EventDecoder#isNative}. */
  default boolean isNative(byte[] value) {
    return true;
  }
}
