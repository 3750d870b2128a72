package io.embeddingexport.job.checks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One result of a check.
 *
 * @param check the check's name, in lower case with dashes
 * @param text the subject and its value
 * @param remedy what to do; null if nothing
 */
public record Finding(Level level, String check, String text, @Nullable String remedy) {

  /** The severity. */
  public enum Level {
    OK,
    /** Not checked; another finding says why. */
    SKIPPED,
    /** The job can run, but less well or less safely; or this could not be determined. */
    WARNING,
    /** The job would fail, or lose data it should keep. */
    ERROR;

    /** The name in lower case, for people and JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether someone should read it. */
    public boolean isTrouble() {
      return this == WARNING || this == ERROR;
    }
  }

  static Finding ok(String check, String text) {
    return new Finding(Level.OK, check, text, null);
  }

  static Finding skipped(String check, String why) {
    return new Finding(Level.SKIPPED, check, why, null);
  }

  static Finding warning(String check, String text, String remedy) {
    return new Finding(Level.WARNING, check, text, remedy);
  }

  static Finding error(String check, String text, String remedy) {
    return new Finding(Level.ERROR, check, text, remedy);
  }

  /** Subject, value and remedy, in one line. */
  public String sentence() {
    return remedy == null ? text : text + "; " + remedy;
  }

  /** The text that {@code run} prints: {@code warning: replication: …}. */
  @Override
  public String toString() {
    return level.label() + ": " + check + ": " + sentence();
  }
}
