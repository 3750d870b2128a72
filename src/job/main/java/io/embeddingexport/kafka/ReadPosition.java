package io.embeddingexport.kafka;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A position to start or stop reading at, as text.
 *
 * <pre>
 * from      = "earliest" | "latest" | timestamp | offsets
 * until     = "none" | "latest" | timestamp | offsets
 * timestamp = "timestamp:" (ISO-8601 instant | ms since the epoch)
 * offsets   = "offset:" place ("," place)*
 * place     = [topic ":"] partition "=" offset          topic may be left out if there is one
 *           | "*=" offset                               every partition not named
 * </pre>
 *
 * <p>So {@code offset:0=12,*=0} as start and {@code offset:0=40,*=0} as end select 28 offsets of
 * partition 0, and nothing else.
 */
public sealed interface ReadPosition extends Serializable {

  /** The first retained message. */
  record Earliest() implements ReadPosition {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsets broker) {
      return broker.begins(partitions);
    }
  }

  /** The end at the time of the lookup. */
  record Latest() implements ReadPosition {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsets broker) {
      return broker.ends(partitions);
    }
  }

  /**
   * The first message at or after a time; the end if there is none.
   *
   * @param millis since the epoch
   */
  record Timestamp(long millis) implements ReadPosition {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsets broker) {
      return broker.at(millis, partitions);
    }
  }

  /**
   * Offsets named for some partitions.
   *
   * @param named by partition
   * @param others position of every other partition
   */
  record Offsets(Map<TopicPartition, Long> named, ReadPosition others) implements ReadPosition {
    private static final long serialVersionUID = 1;

    public Offsets {
      named = Map.copyOf(named);
    }

    @Override
    public Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsets broker) {
      List<TopicPartition> unnamed = new ArrayList<>(partitions);
      unnamed.removeAll(named.keySet());
      Map<TopicPartition, Long> all = new HashMap<>(named);
      all.keySet().retainAll(partitions);
      if (!unnamed.isEmpty()) {
        all.putAll(others.offsets(unnamed, broker));
      }
      return all;
    }
  }

  /**
   * The same offset for every partition.
   *
   * @param offset 0 or more
   */
  record Everywhere(long offset) implements ReadPosition {
    private static final long serialVersionUID = 1;

    @Override
    public Map<TopicPartition, Long> offsets(
        Collection<TopicPartition> partitions, PartitionOffsets broker) {
      Map<TopicPartition, Long> all = new HashMap<>();
      partitions.forEach(partition -> all.put(partition, offset));
      return all;
    }
  }

  /** An offset for each of {@code partitions}, looked up on the brokers if needed. */
  Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, PartitionOffsets broker);

  /**
   * A position to start at. A partition that {@code offset:} does not name starts at its earliest
   * message.
   *
   * @throws IllegalArgumentException if {@code text} is not in the grammar; the message states the
   *     grammar
   */
  static ReadPosition from(String text, List<String> topics) {
    return switch (text) {
      case "earliest" -> new Earliest();
      case "latest" -> new Latest();
      default -> Text.parse(text, topics, new Earliest(), "earliest, latest");
    };
  }

  /**
   * A position to stop at: before the first message at or after the timestamp, or before the
   * offset. {@code latest}, and a partition that {@code offset:} does not name, stop at the end the
   * partition has when the job starts.
   *
   * @return null for {@code none}
   * @throws IllegalArgumentException if {@code text} is not in the grammar; the message states the
   *     grammar
   */
  static @Nullable ReadPosition until(String text, List<String> topics) {
    return switch (text) {
      case "none" -> null;
      case "latest" -> new Latest();
      default -> Text.parse(text, topics, new Latest(), "none, latest");
    };
  }

  /** The parts of the grammar shared by start and end. */
  final class Text {
    private static final String TIMESTAMP = "timestamp:";
    private static final String OFFSET = "offset:";

    /** Stands in for every partition not named. */
    private static final String OTHERS = "*";

    private Text() {}

    private static ReadPosition parse(
        String text, List<String> topics, ReadPosition unnamed, String words) {
      if (text.startsWith(TIMESTAMP)) {
        return new Timestamp(millis(text.substring(TIMESTAMP.length())));
      }
      if (text.startsWith(OFFSET)) {
        return places(text.substring(OFFSET.length()), topics, unnamed);
      }
      throw new IllegalArgumentException(
          "must be one of " + words + ", timestamp:2026-01-31T12:00:00Z, offset:0=12,1=40");
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
        // Reported below, with the same words for all.
      }
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a time since 1970: write 2026-01-31T12:00:00Z or milliseconds since the"
              + " epoch");
    }

    private static ReadPosition places(String text, List<String> topics, ReadPosition unnamed) {
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
          TopicPartition at =
              new TopicPartition(topic, (int) natural(partition, Integer.MAX_VALUE));
          if (!topics.contains(topic) || named.put(at, offset) != null) {
            bad.add(place);
          }
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          bad.add(place);
        }
      }
      if (!bad.isEmpty()) {
        throw new IllegalArgumentException(
            "invalid offset '"
                + String.join("', '", bad)
                + "': write PARTITION=OFFSET, or TOPIC:PARTITION=OFFSET if there are several topics;"
                + " each partition once, of an input topic ("
                + String.join(", ", topics)
                + "); *=OFFSET for every other partition");
      }
      return new Offsets(named, others == null ? unnamed : new Everywhere(others));
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
}
