package io.embeddingexport.cli.console;

/**
 * Whether a person is watching. {@code bin/embedding-export} knows: a newer JDK always has a
 * console.
 */
public final class Terminal {
  private static final String PROPERTY = "embedding-export.terminal";

  public static boolean isAttached() {
    return Boolean.getBoolean(PROPERTY) && System.getenv("CI") == null;
  }

  private Terminal() {}
}
