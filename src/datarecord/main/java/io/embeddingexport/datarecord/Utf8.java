package io.embeddingexport.datarecord;

/**
 * Decodes UTF-8 as libtwml does: strictly, except for overlong forms, which the JDK's decoders
 * refuse.
 */
final class Utf8 {

  /**
   * The text of {@code bytes} from {@code from} (inclusive) to {@code to} (exclusive).
   *
   * @throws IllegalArgumentException naming the index of the first byte of a bad sequence
   */
  static String decode(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; ) {
      int length = sequenceLength(bytes[i]);
      int codePoint = length == 1 ? bytes[i] : bytes[i] & (0x7f >> length);
      boolean valid = length > 0 && i + length <= to;
      for (int j = 1; valid && j < length; j++) {
        codePoint = (codePoint << 6) | (bytes[i + j] & 0x3f);
        valid = (bytes[i + j] & 0xc0) == 0x80;
      }
      if (!valid
          || codePoint > Character.MAX_CODE_POINT
          || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
        throw new IllegalArgumentException("feature name is not UTF-8 at byte " + i);
      }
      text.appendCodePoint(codePoint);
      i += length;
    }
    return text.toString();
  }

  /** Bytes of the sequence that begins with that byte; 0 if none does. */
  private static int sequenceLength(byte first) {
    if (first >= 0) {
      return 1;
    }
    int ones = Integer.numberOfLeadingZeros(~first << 24);
    return ones >= 2 && ones <= 4 ? ones : 0;
  }

  private Utf8() {}
}
