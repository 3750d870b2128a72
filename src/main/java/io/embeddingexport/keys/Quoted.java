package io.embeddingexport.keys;

/** Text from outside made fit for a message: on one line and of bounded length. */
public final class Quoted {
  private static final int MAX_CHARS = 100;

  /** {@code text} in single quotes, made fit as in {@link #bare}. */
  public static String of(String text) {
    return "'" + bare(text) + "'";
  }

  /**
   * {@code text} cut after 100 characters, with {@code ?} for control characters and surrogates.
   */
  public static String bare(String text) {
    StringBuilder fit = new StringBuilder();
    int end = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      fit.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return end < text.length() ? fit.append('…').toString() : fit.toString();
  }

  private Quoted() {}
}
