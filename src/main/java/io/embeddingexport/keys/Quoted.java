package io.embeddingexport.keys;

/** Text from outside made fit for a message: in quotes, on one line, of bounded length. */
public final class Quoted {
  private static final int MAX_CHARS = 100;

  /** {@code text} in single quotes; control characters as {@code ?}, cut after 100 characters. */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    int end = Math.min(text.length(), MAX_CHARS);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return quoted.append(end < text.length() ? "…'" : "'").toString();
  }

  private Quoted() {}
}
