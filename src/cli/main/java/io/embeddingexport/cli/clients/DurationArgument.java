package io.embeddingexport.cli.clients;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;

/** Reads durations, as people type them. */
public final class DurationArgument {
  /** Longest duration whose nanoseconds fit in a long, in whole centuries. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final String FORM = "write one such as 90s, 15min or 2h";

  /**
   * Reads {@code 90s}, {@code 15min} or {@code 2h}.
   *
   * @param option that has the text, for messages
   * @throws IllegalArgumentException if the text is no duration, a too long one, or has no unit
   */
  public static Duration parse(String option, String text) {
    // Flink takes a number without a unit as milliseconds. People mean seconds.
    if (!text.isBlank() && text.strip().chars().allMatch(Character::isDigit)) {
      throw new IllegalArgumentException(option + " " + text + ": has no unit; " + FORM);
    }
    try {
      Duration duration = TimeUtils.parseDuration(text);
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(option + " " + text + ": is not a duration; " + FORM, e);
    }
    throw new IllegalArgumentException(
        option + " " + text + ": is too long; use " + LONGEST.toDays() + " d or less");
  }

  private DurationArgument() {}
}
