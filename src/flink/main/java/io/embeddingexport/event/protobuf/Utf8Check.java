package io.embeddingexport.event.protobuf;

/** Checks texts, without an object. */
final class Utf8Check {
  private static final int LAST_FOLLOWING = 0xbf;

  /** Whether the bytes are well-formed UTF-8 (Unicode 16, table 3-7). */
  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int first = bytes[at++] & 0xff;
      if (first < 0x80) {
        continue;
      }
      int following = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      // The second byte's range keeps out longer forms than needed, surrogates and large numbers.
      int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
      int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : LAST_FOLLOWING;
      if (first < 0xc2 || first > 0xf4 || following > to - at) {
        return false;
      }
      for (; following > 0; following--) {
        int next = bytes[at++] & 0xff;
        if (next < least || next > most) {
          return false;
        }
        least = 0x80;
        most = LAST_FOLLOWING;
      }
    }
    return true;
  }

  private Utf8Check() {}
}
