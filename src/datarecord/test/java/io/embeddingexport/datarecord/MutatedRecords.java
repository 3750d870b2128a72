package io.embeddingexport.datarecord;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The golden records, changed at random. {@code -Drecords.mutants=10000000} tries as many of them.
 */
public final class MutatedRecords {
  /** How many a test tries. */
  public static final int COUNT = Integer.getInteger("records.mutants", 100_000);

  /** A mutant costs less where it is short. */
  private static final int LONGEST = 2_000;

  private static final byte[] TELLING = {0, 1, 2, 3, 4, 8, 10, 11, 12, 13, 14, 15, 127, -128, -1};
  private static final List<byte[]> GOLDEN =
      Stream.of(GoldenVectors.writes(), GoldenVectors.reads(), GoldenVectors.malformed())
          .flatMap(vectors -> vectors)
          .filter(vector -> vector.has("hex"))
          .map(GoldenVectors.Vector::bytes)
          .filter(bytes -> bytes.length > 0 && bytes.length <= LONGEST)
          .toList();

  private final SplittableRandom random;

  public MutatedRecords(SplittableRandom random) {
    this.random = random;
  }

  /** A golden record, or one that is malformed on purpose, with changes. */
  public byte[] next() {
    byte[] mutant = any().clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(mutant.length + 1);
      switch (random.nextInt(7)) {
        case 0 -> change(mutant, at, (byte) (1 << random.nextInt(8)));
        case 1 -> fill(mutant, at, 1);
        case 2 -> fill(mutant, at, 4);
        case 5 -> putLength(mutant, at);
        case 3 -> mutant = Arrays.copyOf(mutant, at);
        case 4 -> mutant = spliced(mutant, at, Math.min(at + random.nextInt(16), mutant.length), 0);
        default -> mutant = spliced(mutant, at, at, random.nextInt(64));
      }
    }
    return mutant;
  }

  private byte[] any() {
    return GOLDEN.get(random.nextInt(GOLDEN.size()));
  }

  private static void change(byte[] bytes, int at, byte mask) {
    if (at < bytes.length) {
      bytes[at] ^= mask;
    }
  }

  private void fill(byte[] bytes, int from, int count) {
    byte value = TELLING[random.nextInt(TELLING.length)];
    Arrays.fill(bytes, from, Math.min(from + count, bytes.length), value);
  }

  /** Any four bytes: a length that is there gets another value. */
  private void putLength(byte[] bytes, int at) {
    if (at + Integer.BYTES <= bytes.length) {
      ByteBuffer.wrap(bytes).putInt(at, random.nextInt());
    }
  }

  /** Without the bytes between the two indexes, and with some of another record there. */
  private byte[] spliced(byte[] bytes, int from, int to, int count) {
    byte[] other = any();
    int start = random.nextInt(other.length);
    int length = Math.min(count, other.length - start);
    byte[] result = Arrays.copyOf(bytes, from + length + bytes.length - to);
    System.arraycopy(other, start, result, from, length);
    System.arraycopy(bytes, to, result, from + length, bytes.length - to);
    return result;
  }
}
