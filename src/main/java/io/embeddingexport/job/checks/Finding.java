package io.embeddingexport.job.checks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing a check found.
 *
 * @param check the check's name, in lower case with dashes
 * @param text what, and its value
 * @param remedy what to do; null if there is nothing to
 */
public record Finding(Level level, String check, String text, @Nullable String remedy) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Not checked; another finding says why. */
    SKIPPED,
    /** The job can run, but not as well or as safely; or it could not be seen whether it can. */
    WARNING,
    /** The job would fail, or lose what it should keep. */
    ERROR;

    /** In lower case, as people and JSON see it. */
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

  /** What, its value, and what to do, in one line. */
  public String sentence() {
    return remedy == null ? text : text + "; " + remedy;
  }

  /** As {@code run} says it: {@code warning: replication: …}. */
  @Override
  public String toString() {
    return level.label() + ": " + check + ": " + sentence();
  }
}
