package io.embeddingexport.cli.demo;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The demo's events, each a function of the seed and its number, so that the check can make any of
 * them again instead of keeping them.
 *
 * <p>Of 1,000 events one is malformed and one a tombstone. Thread-safe.
 */
final class DemoEvents {
  private static final int EVENTS_PER_ENTITY = 20;
  private static final int PERIOD = 1000;
  private static final int MALFORMED_AT = 499;
  private static final int TOMBSTONE_AT = 777;

  private final long seed;
  private final int count;
  private final long firstTimestampMillis;
  private final List<DemoModel> models;
  private final @Nullable DemoModel strictModel;
  private final int entitiesPerModel;

  /**
   * @param firstTimestampMillis of event 0; each next one is a millisecond later, so the timestamp
   *     tells the event's number
   */
  DemoEvents(long seed, int count, long firstTimestampMillis, List<DemoModel> models) {
    this.seed = seed;
    this.count = count;
    this.firstTimestampMillis = firstTimestampMillis;
    this.models = List.copyOf(models);
    this.strictModel = models.stream().filter(DemoModel::rejectsNonFinite).findFirst().orElse(null);
    this.entitiesPerModel = Math.max(1, count / models.size() / EVENTS_PER_ENTITY);
  }

  int count() {
    return count;
  }

  /** Number of entities, which is the number of distinct Kafka keys. */
  int entities() {
    return entitiesPerModel * models.size();
  }

  /** The number of the event with that timestamp, or -1 if it is none of these. */
  int numberAt(long timestampMillis) {
    long number = timestampMillis - firstTimestampMillis;
    return number >= 0 && number < count ? (int) number : -1;
  }

  /** Event number {@code i}, from 0. */
  DemoEvent get(int i) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    DemoModel model = models.get(random.nextInt(models.size()));
    EventKind kind = kind(i);
    if (kind == EventKind.NOT_A_NUMBER && strictModel != null) {
      model = strictModel;
    }
    int entity = models.indexOf(model) * entitiesPerModel + random.nextInt(entitiesPerModel);
    return new DemoEvent(
        model,
        entity,
        kind,
        firstTimestampMillis + i,
        random.nextInt(4) == 0,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextLong());
  }

  private EventKind kind(int i) {
    if (i % PERIOD == TOMBSTONE_AT) {
      return EventKind.TOMBSTONE;
    }
    if (i % PERIOD != MALFORMED_AT) {
      return EventKind.GOOD;
    }
    EventKind kind = EventKind.malformed(i / PERIOD % EventKind.malformedKinds());
    return kind == EventKind.NOT_A_NUMBER && strictModel == null ? EventKind.GARBAGE : kind;
  }
}
