package io.embeddingexport.cli.demo;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The demo's events, each a function of the seed and its number, so that the check can make any of
 * them again instead of keeping them.
 *
 * <p>Of 1,000 events one is malformed and one a tombstone. The events of a model whose key config
 * changes are by name and fit the next one too; from half way on they are made for that one, and
 * say so. Malformed are only events of other models: what is wrong with them is then the same
 * whenever they are exported. Thread-safe.
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
   *     tells the event's number
   * @param models of which one at least does not change
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

  /** The number of the first event that is made for the key configs in force last. */
  int changeAt() {
    return count / 2;
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
