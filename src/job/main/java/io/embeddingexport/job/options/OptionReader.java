package io.embeddingexport.job.options;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of single options. A wrong one becomes a problem, and a value that is possible
 * stands for it. Not thread-safe.
 */
final class OptionReader {
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  /** The longest array that every JVM makes. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final JobConfiguration given;
  private final Configuration options;
  private final List<String> problems;

  /**
   * @param problems gets those that are found
   */
  OptionReader(JobConfiguration given, List<String> problems) {
    this.given = given;
    this.options = given.values();
    this.problems = problems;
  }

  /**
   * A whole number, with a default.
   *
   * @param remedy of one that is not from {@code least} to {@code most}
   */
  long whole(ConfigOption<? extends Number> option, long least, long most, String remedy) {
    Number given = get(option);
    if (given.longValue() < least || given.longValue() > most) {
      problem(option, given, remedy);
      return least;
    }
    return given.longValue();
  }

  /** Value of an option that is set or has a default. */
  Duration timeout(ConfigOption<Duration> option, long leastMillis) {
    Duration timeout = option.hasDefaultValue() ? get(option) : get(option, LONGEST);
    // A larger Duration overflows in ms or ns.
    if (timeout.compareTo(LONGEST) > 0 || timeout.toMillis() < leastMillis) {
      problem(option, timeout, "must be " + leastMillis + " ms to 24 days");
      return Duration.ofMillis(leastMillis);
    }
    return timeout;
  }

  int bytes(ConfigOption<MemorySize> option) {
    long bytes = get(option).getBytes();
    if (bytes < 1 || bytes > MAX_BYTES) {
      problem(
          option,
          options.toMap().get(option.key()),
          "must be 1 to " + MAX_BYTES + " bytes (2 GiB minus 9)");
      return 1;
    }
    return (int) bytes;
  }

  <T> T required(ConfigOption<T> option, T otherwise) {
    if (!options.contains(option)) {
      problems.add(
          "%s: is required; put it in the options file or add --set %s=…"
              .formatted(option.key(), option.key()));
    }
    return get(option, otherwise);
  }

  /** Value of an option that has a default. */
  <T> T get(ConfigOption<T> option) {
    return get(option, option.defaultValue());
  }

  <T> T get(ConfigOption<T> option, T otherwise) {
    try {
      Optional<T> value = options.getOptional(option);
      return value.orElse(otherwise);
    } catch (IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problem(option, options.toMap().get(option.key()), cause.getMessage());
      return otherwise;
    }
  }

  void problem(ConfigOption<?> option, @Nullable Object value, String text) {
    problems.add(given.at(option.key()) + " = " + value + ": " + text);
  }
}
