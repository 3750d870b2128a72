package io.embeddingexport.job.options;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.kafka.ReadPosition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A second export of a range of a job's inputs, parallel to the job. It has its own group and
 * transactional ids, so the job's positions do not move.
 *
 * @param from as in {@code input.from}
 * @param until as in {@code input.until}, but a fixed end
 * @param models whose events are exported; empty: all
 * @param outputTopic topic of all records; null: the job's topics
 * @param name distinguishes it from other backfills of the job; null: derived from the other
 *     components and the topics, so the same range continues where it was interrupted
 */
public record Backfill(
    String from,
    String until,
    List<String> models,
    @Nullable String outputTopic,
    @Nullable String name) {
  private static final int NAME_BYTES = 4;

  public Backfill {
    models = models.stream().distinct().sorted().toList();
  }

  /**
   * The options of the backfill.
   *
   * @param live the job's options
   * @throws InvalidOptionsException naming every problem of the job's options, or else of the range
   *     and the name
   */
  public Configuration options(JobConfiguration live) throws InvalidOptionsException {
    JobSettings settings = JobSettings.of(live);
    List<String> topics = settings.source().topics();
    requireValid(topics);
    String called = name(topics);
    Configuration options = SideRun.options(live, settings, SideRun.BACKFILL, called);
    options.set(JobOptions.INPUT_FROM, from);
    options.set(JobOptions.INPUT_UNTIL, until);
    if (!models.isEmpty()) {
      options.set(JobOptions.EXPORT_MODELS, models);
    }
    if (outputTopic != null) {
      options.set(JobOptions.OUTPUT_TOPIC, outputTopic);
      options.set(JobOptions.OUTPUT_SINGLE_TOPIC, true);
    }
    return options;
  }

  /** The given name, or one derived from what is exported. */
  String name(List<String> topics) {
    if (name != null) {
      return name;
    }
    String what =
        String.join(
            "\n",
            String.join(",", topics.stream().sorted().toList()),
            from,
            until,
            String.join(",", models),
            String.valueOf(outputTopic));
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private void requireValid(List<String> topics) throws InvalidOptionsException {
    List<String> problems = new ArrayList<>();
    if (name != null && !SideRun.isName(name)) {
      problems.add("--name " + name + ": use letters, digits, '.', '_' and '-', 100 at most");
    }
    try {
      ReadPosition.from(from, topics);
    } catch (IllegalArgumentException e) {
      problems.add("--from " + from + ": " + e.getMessage());
    }
    try {
      ReadPosition end = ReadPosition.until(until, topics);
      if (end == null || end instanceof ReadPosition.Latest) {
        problems.add(
            "--until %s: a backfill needs an end that does not move when it is started again; write timestamp:2026-01-31T12:00:00Z or offset:0=40,1=12"
                .formatted(until));
      } else if (end instanceof ReadPosition.Timestamp time
          && time.millis() > System.currentTimeMillis()) {
        problems.add(
            "--until %s: is in the future, and messages that arrive until then would move the end; write a time before %s"
                .formatted(until, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
      }
    } catch (IllegalArgumentException e) {
      problems.add("--until " + until + ": " + e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }

  /**
   * Checks that the range has a fixed end in each partition.
   *
   * @param end {@link #until}, parsed
   * @throws InvalidOptionsException if {@code offset:} leaves out partitions: they would end at the
   *     topic's end
   */
  public static void requireEnds(ReadPosition end, Collection<TopicPartition> partitions)
      throws InvalidOptionsException {
    if (end instanceof ReadPosition.Offsets offsets
        && offsets.others() instanceof ReadPosition.Latest) {
      Map<TopicPartition, Long> named = offsets.named();
      List<TopicPartition> open =
          partitions.stream().filter(partition -> !named.containsKey(partition)).toList();
      if (!open.isEmpty()) {
        throw new InvalidOptionsException(
            List.of(
                "--until: has no end for %s; name it, or add *=OFFSET for every partition not named (*=0: none of it)"
                    .formatted(String.join(", ", open.stream().map(Object::toString).toList()))));
      }
    }
  }
}
