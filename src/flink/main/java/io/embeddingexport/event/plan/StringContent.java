package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.BadEventException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The strings of an event's tensors, put together as a record has them. Reused for the next event;
 * not thread-safe.
 */
public final class StringContent {
  private static final VarHandle LENGTH =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private final GrowingBytes buffer = new GrowingBytes();

  /** Where the strings of this tensor begin. */
  private int begin;

  /** Forgets the event. */
  public void clear() {
    begin = 0;
    buffer.clear();
  }

  /** Begins a tensor. The strings of those before it stay for their views. */
  public void beginTensor() {
    begin = buffer.length();
  }

  /**
   * Makes room for the lengths of strings.
   *
   * @param count known not to be greater than the event's bytes
   */
  public void expect(int count) throws BadEventException {
    buffer.reserve((long) Integer.BYTES * count);
  }

  /** Adds the string of these bytes. */
  public void add(byte[] bytes, int from, int count) throws BadEventException {
    int at = buffer.append((long) Integer.BYTES + count);
    LENGTH.set(buffer.array(), at, count);
    System.arraycopy(bytes, from, buffer.array(), at + Integer.BYTES, count);
  }

  /** Whether the tensor has no strings yet. */
  public boolean isEmpty() {
    return buffer.length() == begin;
  }

  /** The strings since the tensor began; a view, valid until {@link #clear}. */
  public Tensor tensor(@Nullable Shape shape) {
    return Tensor.ofStringContent(shape, buffer.array(), begin, buffer.length() - begin);
  }
}
