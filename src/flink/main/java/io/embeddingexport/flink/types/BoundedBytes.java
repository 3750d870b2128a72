package io.embeddingexport.flink.types;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.typeutils.runtime.DataInputViewStream;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Length-prefixed bytes and text in Flink's views. A length is not trusted: at most {@link
 * #DIRECT_BYTES} are allocated before that many bytes were read.
 *
 * <pre>
 * bytes = length:i32 byte*     big-endian; length -1: null, where allowed
 * text  = bytes, in UTF-8
 * </pre>
 */
public final class BoundedBytes {
  /** Arrays up to this size are allocated at once. Most are far smaller, and little is wasted. */
  static final int DIRECT_BYTES = 64 * 1024;

  private static final int NULL = -1;

  static void write(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void writeNullable(byte @Nullable [] bytes, DataOutputView out) throws IOException {
    if (bytes == null) {
      out.writeInt(NULL);
    } else {
      write(bytes, out);
    }
  }

  public static void writeText(String text, DataOutputView out) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8), out);
  }

  public static void writeNullableText(@Nullable String text, DataOutputView out)
      throws IOException {
    writeNullable(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
  }

  static byte[] read(DataInputView in) throws IOException {
    return read(readCount(in), in);
  }

  static byte @Nullable [] readNullable(DataInputView in) throws IOException {
    int length = in.readInt();
    return length == NULL ? null : read(requireCount(length), in);
  }

  public static String readText(DataInputView in) throws IOException {
    return new String(read(in), StandardCharsets.UTF_8);
  }

  public static @Nullable String readNullableText(DataInputView in) throws IOException {
    byte[] bytes = readNullable(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads a length or count, which is 0 or more. */
  static int readCount(DataInputView in) throws IOException {
    return requireCount(in.readInt());
  }

  /** Reads {@code length} bytes, allocating as they arrive. */
  static byte[] read(int length, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(requireCount(length));
    if (bytes.length < length) {
      throw new EOFException(
          "a length of " + length + " bytes, but only " + bytes.length + " follow");
    }
    return bytes;
  }

  private static byte[] read(int length, DataInputView in) throws IOException {
    if (length > DIRECT_BYTES) {
      return read(length, new DataInputViewStream(in));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static int requireCount(int count) throws IOException {
    if (count < 0) {
      throw new IOException("a length or count of " + count + "; the data are corrupt");
    }
    return count;
  }

  private BoundedBytes() {}
}
