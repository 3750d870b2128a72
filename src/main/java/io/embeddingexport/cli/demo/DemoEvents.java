package io.embeddingexport.cli.demo;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The demo's events, each a function of the seed and its number, so the check can make any of them
 * again instead of keeping them.
 *
 * <p>One event in 1,000 is malformed and one is a tombstone. The events of a model whose key config
 * changes are by name and also fit the next one. From half way on they are made for the next one,
 * and name it. Only events of other models are malformed: their fault is then the same whenever
 * they are exported. Thread-safe.
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
  private final List<DemoModel> steadyModels;
  private final @Nullable DemoModel strictModel;
  private final int entitiesPerModel;

  /**
   * @param firstTimestampMillis of event 0; each next one is a millisecond later, so the timestamp
   *     identifies the event
   * @param models at least one of them does not change
   */
  DemoEvents(long seed, int count, long firstTimestampMillis, List<DemoModel> models) {
    this.seed = seed;
    this.count = count;
    this.firstTimestampMillis = firstTimestampMillis;
    this.models = List.copyOf(models);
    this.steadyModels = models.stream().filter(model -> !model.changes()).toList();
    this.strictModel =
        steadyModels.stream().filter(DemoModel::rejectsNonFinite).findFirst().orElse(null);
    this.entitiesPerModel = Math.max(1, count / models.size() / EVENTS_PER_ENTITY);
  }

  int count() {
    return count;
  }

  /** Number of the first event made for the last key configs. */
  int changeAt() {
    return count / 2;
  }

  /** Number of entities, which is the number of distinct Kafka keys. */
  int entities() {
    return entitiesPerModel * models.size();
  }

  /** Number of the event with that timestamp; -1 if there is none. */
  int numberAt(long timestampMillis) {
    long number = timestampMillis - firstTimestampMillis;
    return number >= 0 && number < count ? (int) number : -1;
  }

  /** Event number {@code i}, from 0. */
  DemoEvent get(int i) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    EventKind kind = kind(i);
    DemoModel model = model(kind, random);
    int entity = models.indexOf(model) * entitiesPerModel + random.nextInt(entitiesPerModel);
    boolean changed = model.changes() && i >= changeAt();
    return new DemoEvent(
        model,
        changed ? model.last() : model.first(),
        entity,
        kind,
        firstTimestampMillis + i,
        model.changes() || random.nextInt(4) == 0,
        random.nextBoolean(),
        model.changes() ? changed : random.nextBoolean(),
        random.nextLong());
  }

  private DemoModel model(EventKind kind, SplittableRandom random) {
    if (kind == EventKind.NOT_A_NUMBER && strictModel != null) {
      return strictModel;
    }
    List<DemoModel> choice = kind.reason() == null ? models : steadyModels;
    return choice.get(random.nextInt(choice.size()));
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
