package io.embeddingexport.text;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations for people: their two largest units. */
public final class DurationText {

  /**
   * Such as {@code 2 d 3 h}, {@code 12 min 5 s}, {@code 40 s}, {@code 200 ms}; {@code -} for null.
   */
  public static String of(@Nullable Duration duration) {
    if (duration == null) {
      return "-";
    }
    if (duration.toDays() > 0) {
      return two(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    if (duration.toMinutes() > 0) {
      return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    String text = large + " " + unit;
    return small == 0 ? text : text + " " + small + " " + smallUnit;
  }

  private DurationText() {}
}
