package io.embeddingexport.consumer;

import java.util.Arrays;

/**
 * The bytes of a source header.
 *
 * <pre>
 * source = prefix offset
 * prefix = topic ":" partition ":"
 * offset = 1 to 19 decimal digits
 * </pre>
 */
final class SourceText {
  private static final int MAX_DIGITS = 19;

  /** The offset, or -1 if these bytes are no source. */
  static long offset(byte[] text) {
    int start = prefixLength(text);
    int digits = text.length - start;
    if (start < 3 || digits == 0 || digits > MAX_DIGITS) {
      return -1;
    }
    long offset = 0;
    for (int i = start; i < text.length; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      offset = 10 * offset + digit;
    }
    return offset < 0 ? -1 : offset; // beyond a long
  }

  /** Up to and with the last colon; 0 if there is none. */
  static int prefixLength(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] != ':') {
      end--;
    }
    return end;
  }

  static byte[] prefix(byte[] text) {
    return Arrays.copyOf(text, prefixLength(text));
  }

  static boolean hasPrefix(byte[] text, byte[] prefix) {
    return prefixLength(text) == prefix.length
        && Arrays.equals(text, 0, prefix.length, prefix, 0, prefix.length);
  }

  private SourceText() {}
}
