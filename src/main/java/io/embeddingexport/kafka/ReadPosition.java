package io.embeddingexport.kafka;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where to start or stop reading, as text.
 *
 * <pre>
 * from      = "committed" | "earliest" | "latest" | timestamp | offsets
 * until     = "none" | "latest" | timestamp | offsets
 * timestamp = "timestamp:" (ISO-8601 instant | ms since the epoch)
 * offsets   = "offset:" place ("," place)*
 * place     = [topic ":"] partition "=" offset          topic may be left out if there is one
 *           | "*=" offset                               every partition not named
 * </pre>
 *
 * <p>So {@code offset:0=12,*=0} as start and {@code offset:0=40,*=0} as end are 28 offsets of
 * partition 0, and nothing else.
 */
public final class ReadPosition {
  private static final String TIMESTAMP = "timestamp:";
  private static final String OFFSET = "offset:";

  /** Instead of a partition: every one not named. */
  private static final String OTHERS = "*";

  private ReadPosition() {}

  /**
   * Where to start. {@code committed} starts at the earliest message of a partition that has no
   * committed offset. A partition that {@code offset:} does not name starts at its earliest
   * message, whatever is committed.
   *
   * @throws IllegalArgumentException if {@code text} is not in the grammar; says what is
   */
  public static OffsetsInitializer from(String text, List<String> topics) {
    return switch (text) {
      case "committed" -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
      case "earliest" -> OffsetsInitializer.earliest();
      case "latest" -> OffsetsInitializer.latest();
      default -> {
        if (text.startsWith(TIMESTAMP)) {
          yield OffsetsInitializer.timestamp(millis(text.substring(TIMESTAMP.length())));
        }
        if (text.startsWith(OFFSET)) {
          yield new StartOffsets(offsets(text.substring(OFFSET.length()), topics));
        }
        throw new IllegalArgumentException(
            "is none of committed, earliest, latest, timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40");
      }
    };
  }

  /**
   * Where to stop: in front of the first message at or after the timestamp, or of the offset.
   * {@code latest}, and a partition that {@code offset:} does not name, stop at the end the
   * partition has when the job starts.
   *
   * @return null for {@code none}
   * @throws IllegalArgumentException if {@code text} is not in the grammar; says what is
   */
  public static @Nullable OffsetsInitializer until(String text, List<String> topics) {
    return switch (text) {
      case "none" -> null;
      case "latest" -> new StopOffsets(Map.of());
      default -> {
        if (text.startsWith(TIMESTAMP)) {
          yield OffsetsInitializer.timestamp(millis(text.substring(TIMESTAMP.length())));
        }
        if (text.startsWith(OFFSET)) {
          yield new StopOffsets(offsets(text.substring(OFFSET.length()), topics));
        }
        throw new IllegalArgumentException(
            "is none of none, latest, timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40");
      }
    };
  }

  private static long millis(String text) {
    try {
      long millis =
          text.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Long.parseLong(text)
              : Instant.parse(text).toEpochMilli();
      if (millis >= 0) {
        return millis;
      }
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      // Said below, with the same words for all.
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no time since 1970: give 2026-01-31T12:00:00Z or milliseconds since the epoch");
  }

  private static NamedOffsets offsets(String text, List<String> topics) {
    Map<TopicPartition, Long> named = new HashMap<>();
    Long others = null;
    List<String> bad = new ArrayList<>();
    for (String place : text.split(",", -1)) {
      int equals = place.lastIndexOf('=');
      int colon = place.lastIndexOf(':', equals);
      try {
        long offset = natural(place.substring(equals + 1), Long.MAX_VALUE);
        String partition = place.substring(colon + 1, equals).strip();
        if (colon < 0 && partition.equals(OTHERS)) {
          if (others != null) {
            bad.add(place);
          }
          others = offset;
          continue;
        }
        String topic = colon >= 0 ? place.substring(0, colon).strip() : onlyTopic(topics);
        TopicPartition at = new TopicPartition(topic, (int) natural(partition, Integer.MAX_VALUE));
        if (!topics.contains(topic) || named.put(at, offset) != null) {
          bad.add(place);
        }
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        bad.add(place);
      }
    }
    if (!bad.isEmpty()) {
      throw new IllegalArgumentException(
          "bad place '"
              + String.join("', '", bad)
              + "': write PARTITION=OFFSET, or TOPIC:PARTITION=OFFSET if there are several topics;"
              + " each partition once, of an input topic ("
              + String.join(", ", topics)
              + "); *=OFFSET for every other partition");
    }
    return new NamedOffsets(named, others);
  }

  private static String onlyTopic(List<String> topics) {
    if (topics.size() != 1) {
      throw new NumberFormatException();
    }
    return topics.get(0);
  }

  private static long natural(String text, long max) {
    long number = Long.parseLong(text.strip());
    if (number < 0 || number > max) {
      throw new NumberFormatException();
    }
    return number;
  }
}
