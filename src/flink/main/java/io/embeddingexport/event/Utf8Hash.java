package io.embeddingexport.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A hash of bytes whose highest bits depend on all of them. */
final class Utf8Hash {
  /** The golden ratio's bits. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Utf8Hash() {}

  /** Hashes eight bytes at a time; the last eight may overlap those before them. */
  static long of(byte[] bytes, int from, int to) {
    long hash = to - from;
    if (to - from < Long.BYTES) {
      for (int i = from; i < to; i++) {
        hash = (hash ^ bytes[i]) * MIX;
      }
      return hash;
    }
    int last = to - Long.BYTES;
    for (int i = from; i < last; i += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(bytes, i)) * MIX;
    }
    return (hash ^ (long) LONG.get(bytes, last)) * MIX;
  }
}
