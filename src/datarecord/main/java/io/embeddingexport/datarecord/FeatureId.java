package io.embeddingexport.datarecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The feature id that libtwml gives a feature name.
 *
 * <pre>
 * id(name)            = first 8 bytes, read little-endian, of MurmurHash3_x64_128(seed 0, UTF-16LE(name))
 * id(prefix '#' rest) = the same hash of (8 bytes, little-endian, of id(prefix)) UTF-16LE(rest)
 * </pre>
 *
 * <p>The first {@code #} splits the name, unless it is the name's first character. libtwml refuses
 * some names longer than its buffers; here every name has an id.
 */
public final class FeatureId {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  /**
   * The id of {@code name}.
   *
   * @throws IllegalArgumentException if the name has an unpaired surrogate, which UTF-8 cannot
   *     encode
   */
  public static long of(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        if (i + 1 == name.length()
            || !Character.isSurrogatePair(name.charAt(i), name.charAt(++i))) {
          throw new IllegalArgumentException(
              "feature name holds half a surrogate pair at character " + i);
        }
      }
    }
    int split = name.indexOf('#');
    return split > 0 ? hash(hash(name.substring(0, split)), name.substring(split + 1)) : hash(name);
  }

  /**
   * The id of the name that {@code utf8} encodes. Overlong forms are accepted, as in libtwml.
   *
   * @throws IllegalArgumentException if the bytes are not UTF-8: the message names the first wrong
   *     byte
   */
  public static long ofUtf8(byte[] utf8) {
    for (int i = 1; i < utf8.length; i++) {
      if (utf8[i] == '#' && utf8[0] != '#') {
        return hash(hash(Utf8.decode(utf8, 0, i)), Utf8.decode(utf8, i + 1, utf8.length));
      }
    }
    return hash(Utf8.decode(utf8, 0, utf8.length));
  }

  private static long hash(String text) {
    return murmur3(text.getBytes(StandardCharsets.UTF_16LE));
  }

  private static long hash(long prefixId, String rest) {
    byte[] utf16 = rest.getBytes(StandardCharsets.UTF_16LE);
    byte[] input = new byte[8 + utf16.length];
    LONG.set(input, 0, prefixId);
    System.arraycopy(utf16, 0, input, 8, utf16.length);
    return murmur3(input);
  }

  /** First half of MurmurHash3_x64_128 with seed 0 (Austin Appleby's public-domain algorithm). */
  public static long murmur3(byte[] input) {
    long h1 = 0;
    long h2 = 0;
    int blocksEnd = input.length & ~15;
    for (int i = 0; i < blocksEnd; i += 16) {
      h1 ^= mix1((long) LONG.get(input, i));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mix2((long) LONG.get(input, i + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    byte[] tail = Arrays.copyOfRange(input, blocksEnd, blocksEnd + 16);
    h1 ^= mix1((long) LONG.get(tail, 0)) ^ input.length;
    h2 ^= mix2((long) LONG.get(tail, 8)) ^ input.length;
    h1 += h2;
    h2 += h1;
    return finish(h1) + finish(h2);
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long finish(long k) {
    k = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
    k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
    return k ^ k >>> 33;
  }

  private FeatureId() {}
}
