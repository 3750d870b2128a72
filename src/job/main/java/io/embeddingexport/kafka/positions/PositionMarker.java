package io.embeddingexport.kafka.positions;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a committed offset. It marks the offset as a position of this job, and tells the
 * next start its owner and the transactional ids that may have left something open.
 *
 * <pre>
 * marker      = "ee/1" field*                      at most 4 KiB, a broker's default limit
 * field       = " " name "=" value                 unknown names are ignored
 * run         = 12 hex digits                      the run that wrote it
 * submitted   = ISO-8601 instant                   of that run
 * after       = [ run ("," run)* ]                 runs it took over from, the newest first, 8 at most
 * parallelism = number of slots of that run
 * ids         = transactional ids a slot           0: at least once
 * partitions  = partitions of the topic that had a position, when it was written
 * topic-id    = Kafka's id of the topic
 * prefix      = transactional id prefix            the last field: it may hold spaces
 * </pre>
 *
 * @param after ids of runs that this one took over from
 */
public record PositionMarker(
    RunIdentity run,
    List<String> after,
    int parallelism,
    int ids,
    int partitions,
    Uuid topicId,
    String prefix) {

  /** Number of runs remembered. A run superseded before that can take over again. */
  static final int MOST_AFTER = 8;

  private static final String VERSION = "ee/1";
  private static final String PREFIX = " prefix=";
  private static final Pattern FIELD = Pattern.compile(" ([a-z-]+)=(\\S*)");

  public PositionMarker {
    after = List.copyOf(after);
  }

  /**
   * The marker that a run writes.
   *
   * @param settings owner of the positions; names the run
   * @param known number of partitions of the topic that have a position, or get one now
   * @param parallelism number of slots of the run
   * @param found the marker it replaces; null: none
   */
  static PositionMarker of(
      PositionSettings settings,
      TopicState topic,
      int known,
      int parallelism,
      @Nullable PositionMarker found) {
    boolean sameIds =
        found != null
            && settings.transactional()
            && found.prefix().equals(settings.transactionalIdPrefix());
    return new PositionMarker(
        settings.run(),
        found == null ? List.of() : found.afterFor(settings.run()),
        parallelism,
        sameIds ? found.ids() : 0,
        known,
        topic.id(),
        settings.transactionalIdPrefix());
  }

  /**
   * Reads a marker; null if {@code metadata} is not one: then somebody else committed the offset.
   */
  public static @Nullable PositionMarker parse(String metadata) {
    int prefix = metadata.indexOf(PREFIX);
    if (!metadata.startsWith(VERSION + ' ') || prefix < 0) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(metadata.substring(VERSION.length(), prefix));
    while (field.find()) {
      fields.put(field.group(1), field.group(2));
    }
    try {
      return new PositionMarker(
          new RunIdentity(need(fields, "run"), Instant.parse(need(fields, "submitted"))),
          List.of(need(fields, "after").split(",")).stream().filter(id -> !id.isEmpty()).toList(),
          Integer.parseInt(need(fields, "parallelism")),
          Integer.parseInt(need(fields, "ids")),
          Integer.parseInt(need(fields, "partitions")),
          Uuid.fromString(need(fields, "topic-id")),
          metadata.substring(prefix + PREFIX.length()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  private static String need(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  /** The metadata that {@link #parse} reads. */
  public String text() {
    return VERSION
        + " run="
        + run.id()
        + " submitted="
        + run.submitted()
        + " after="
        + String.join(",", after)
        + " parallelism="
        + parallelism
        + " ids="
        + ids
        + " partitions="
        + partitions
        + " topic-id="
        + topicId
        + PREFIX
        + prefix;
  }

  /** This marker, for a slot that uses this many transactional ids. */
  public PositionMarker withIds(int count) {
    return new PositionMarker(run, after, parallelism, count, partitions, topicId, prefix);
  }

  /** This marker, for a recreated topic. */
  public PositionMarker withTopicId(Uuid id) {
    return new PositionMarker(run, after, parallelism, ids, partitions, id, prefix);
  }

  /** The runs that {@code next} takes over from if it finds this marker. */
  List<String> afterFor(RunIdentity next) {
    if (run.id().equals(next.id())) {
      return after;
    }
    List<String> runs = new ArrayList<>();
    runs.add(run.id());
    runs.addAll(after);
    return runs.subList(0, Math.min(runs.size(), MOST_AFTER));
  }
}
