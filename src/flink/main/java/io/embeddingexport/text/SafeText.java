package io.embeddingexport.text;

/** External text made safe for a message: on one line and of bounded length. */
public final class SafeText {
  private static final int MAX_CHARS = 100;

  /** {@code text} in single quotes, made safe as in {@link #of}. */
  public static String quoted(String text) {
    return "'" + of(text) + "'";
  }

  /**
   * {@code text} cut after 100 characters, with {@code ?} for control characters and surrogates.
   */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder();
    int end = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      safe.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return end < text.length() ? safe.append('…').toString() : safe.toString();
  }

  private SafeText() {}
}
