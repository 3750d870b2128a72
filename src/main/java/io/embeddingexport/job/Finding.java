package io.embeddingexport.job;

/**
 * One thing preflight found.
 *
 * @param text one sentence: what, its value, what to do
 */
public record Finding(Level level, String text) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** The job can run, but not as well, or could not be checked. */
    WARNING,
    /** The job would fail, or lose what it should keep. */
    ERROR
  }

  static Finding ok(String text) {
    return new Finding(Level.OK, text);
  }

  static Finding warning(String text) {
    return new Finding(Level.WARNING, text);
  }

  static Finding error(String text) {
    return new Finding(Level.ERROR, text);
  }

  @Override
  public String toString() {
    return level.name().toLowerCase(java.util.Locale.ROOT) + ": " + text;
  }
}
