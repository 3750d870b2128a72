package io.embeddingexport.datarecord;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run of bytes as a value: Thrift's {@code binary}, and its {@code string}, which need not be
 * UTF-8. A view without a copy; immutable as long as nobody changes the viewed array.
 */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /** All of {@code array}, which is not copied. */
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** {@code length} bytes of {@code array} from index {@code offset}; the array is not copied. */
  public static Bytes of(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    return new Bytes(array, offset, length);
  }

  /** The UTF-8 bytes of {@code text}. */
  public static Bytes ofUtf8(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }

  /** The text these bytes encode, or null if they are not UTF-8. */
  public @Nullable String utf8() {
    String text = new String(array, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    // Bytes that are not UTF-8 became U+FFFD, but the input may contain U+FFFD itself.
    // No exception, whose stack trace costs more than most texts.
    CharBuffer chars = CharBuffer.allocate(length);
    boolean isError =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(array, offset, length), chars, true)
            .isError();
    return isError ? null : chars.flip().toString();
  }

  /** A copy. */
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** A read-only view. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /** Copies the bytes into {@code target} from index {@code targetOffset}. */
  void copyTo(byte[] target, int targetOffset) {
    System.arraycopy(array, offset, target, targetOffset, length);
  }

  /** Compares unsigned bytes; a prefix comes first. */
  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(
        array, offset, offset + length, other.array, other.offset, other.offset + other.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && length == bytes.length && compareTo(bytes) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The length; never the bytes. */
  @Override
  public String toString() {
    return length + " bytes";
  }
}
