package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings of an event's tensors, put together as a record has them. Reused for the next event;
 * not thread-safe.
 */
public final class StringContent {
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST_BYTES = 64;

  /** A larger buffer is not kept for the next event. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final byte[] EMPTY = {};

  private byte[] buffer = EMPTY;
  private int length;

  /** Where the strings of this tensor begin. */
  private int begin;

  /** Forgets the event. */
  public void clear() {
    length = 0;
    begin = 0;
    if (buffer.length > KEPT_BYTES) {
      buffer = EMPTY;
    }
  }

  /** Begins a tensor. The strings of those before it stay for their views. */
  public void beginTensor() {
    begin = length;
  }

  /**
   * Makes room for the lengths of strings.
   *
   * @param count known not to be greater than the event's bytes
   */
  public void expect(int count) throws BadEventException {
    reserve((long) Integer.BYTES * count);
  }

  /** Adds the string of these bytes. */
  public void add(byte[] bytes, int from, int count) throws BadEventException {
    reserve((long) Integer.BYTES + count);
    LENGTH.set(buffer, length, count);
    System.arraycopy(bytes, from, buffer, length + Integer.BYTES, count);
    length += Integer.BYTES + count;
  }

  private void reserve(long more) throws BadEventException {
    if (more > MAX_BYTES - length) {
      throw new BadEventException("has strings of 2^31 bytes or more");
    }
    int needed = length + (int) more;
    if (needed > buffer.length) {
      int capacity = (int) Math.min(2L * length, MAX_BYTES);
      buffer = Arrays.copyOf(buffer, Math.max(Math.max(needed, capacity), FIRST_BYTES));
    }
  }

  /** Whether the tensor has no strings yet. */
  public boolean isEmpty() {
    return length == begin;
  }

  /** The strings since the tensor began; a view, valid until {@link #clear}. */
  public Tensor tensor(@Nullable Shape shape) {
    return Tensor.ofStringContent(shape, buffer, begin, length - begin);
  }
}
