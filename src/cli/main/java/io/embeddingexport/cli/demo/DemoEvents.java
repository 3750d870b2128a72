package io.embeddingexport.cli.demo;

import io.embeddingexport.audit.Expected;
import io.embeddingexport.audit.Ledger;
import io.embeddingexport.audit.LedgerEntry;
import io.embeddingexport.cli.samples.MalformedKind;
import io.embeddingexport.cli.samples.SampleEvent;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.cli.samples.ThriftSampleFormat;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The demo's events: sample events, some of them spoiled. Each is a function of the seed and its
 * number, so the check can make any of them again instead of keeping them.
 *
 * <p>One event in 1,000 is malformed and one is a tombstone. The events of the model whose key
 * config changes are by name and also fit the next one. From half way on they are made for the next
 * one, and name it. Only events of other models are malformed: their fault is then the same
 * whenever they are exported. Immutable.
 */
final class DemoEvents implements Ledger {
  private static final int EVENTS_PER_ENTITY = 20;
  private static final int PERIOD = 1000;
  private static final int MALFORMED_AT = 499;
  private static final int TOMBSTONE_AT = 777;

  private final int count;
  private final long firstTimestampMillis;
  private final DemoKeyConfigChange change;
  private final List<String> models;
  private final int entities;
  private final SampleEvents before;
  private final SampleEvents after;

  /** Events of the models that do not change. */
  private final SampleEvents steady;

  /** The models that refuse NaN in their first tensor. */
  private final SampleEvents strict;

  /**
   * @param firstTimestampMillis of event 0; each next one is a millisecond later
   * @param steady models whose key configs do not change; at least one rejects NaN in its first
   *     tensor
   */
  DemoEvents(
      long seed,
      int count,
      long firstTimestampMillis,
      DemoKeyConfigChange change,
      List<KeyConfig> steady) {
    this.count = count;
    this.firstTimestampMillis = firstTimestampMillis;
    this.change = change;
    this.entities = Math.max(1, count / (1 + steady.size()) / EVENTS_PER_ENTITY);
    List<KeyConfig> first = with(change.from(), steady);
    this.models = first.stream().map(KeyConfig::model).toList();
    this.before = new SampleEvents(seed, first, entities);
    this.after = new SampleEvents(seed, with(change.to(), steady), entities);
    this.steady = new SampleEvents(seed, steady, entities);
    this.strict =
        new SampleEvents(seed, steady.stream().filter(DemoEvents::refusesNan).toList(), entities);
  }

  private static boolean refusesNan(KeyConfig config) {
    return config.keys().get(0).nonFinite() == KeySpec.NonFinite.REJECT;
  }

  private static List<KeyConfig> with(KeyConfig one, List<KeyConfig> others) {
    List<KeyConfig> all = new ArrayList<>(List.of(one));
    all.addAll(others);
    return all;
  }

  int count() {
    return count;
  }

  /** Number of the first event made for the next key config. */
  int changeAt() {
    return count / 2;
  }

  /** Number of distinct Kafka keys. */
  int keys() {
    return entities * models.size();
  }

  @Override
  public Entry entry(long number) {
    int i = Math.toIntExact(number);
    MalformedKind malformed = malformed(i);
    SampleEvent sample = sample(i, malformed);
    String model = sample.config().model();
    return new Entry(
        i,
        sample,
        model.equals(change.model()) ? change.to() : sample.config(),
        models.indexOf(model) * entities + (int) sample.entityId(),
        firstTimestampMillis + i,
        isTombstone(i),
        malformed);
  }

  private SampleEvent sample(int i, @Nullable MalformedKind malformed) {
    if (malformed != null) {
      SampleEvents choice = malformed == MalformedKind.NOT_A_NUMBER ? strict : steady;
      return form(choice.get(i), false, false);
    }
    boolean changed = i >= changeAt();
    SampleEvent sample = (changed ? after : before).get(i);
    return sample.config().model().equals(change.model()) ? form(sample, true, changed) : sample;
  }

  private static SampleEvent form(SampleEvent sample, boolean named, boolean statesVersion) {
    return new SampleEvent(
        sample.config(), sample.entityId(), sample.tensors(), named, statesVersion);
  }

  /** Number of outputs of each kind. */
  DemoResult.Counts expected() {
    long tombstones = 0;
    long rejected = 0;
    Map<String, Long> letters = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      MalformedKind malformed = malformed(i);
      if (malformed != null) {
        letters.merge(malformed.reason().label(), 1L, Long::sum);
        rejected++;
      } else if (isTombstone(i)) {
        tombstones++;
      }
    }
    return new DemoResult.Counts(count - rejected - tombstones, tombstones, letters);
  }

  private static boolean isTombstone(int i) {
    return i % PERIOD == TOMBSTONE_AT;
  }

  private static @Nullable MalformedKind malformed(int i) {
    MalformedKind[] kinds = MalformedKind.values();
    return i % PERIOD == MALFORMED_AT ? kinds[i / PERIOD % kinds.length] : null;
  }

  /**
   * One event and its expected output.
   *
   * @param sample a good event, whatever is sent
   * @param newest the last key config of its model, which it fits too
   * @param malformed null: it is not
   */
  record Entry(
      int number,
      SampleEvent sample,
      KeyConfig newest,
      int keyNumber,
      long timestampMillis,
      boolean isTombstone,
      @Nullable MalformedKind malformed)
      implements LedgerEntry {

    @Override
    public byte[] key() {
      return sample.key();
    }

    @Override
    public String model() {
      return sample.config().model();
    }

    @Override
    public byte @Nullable [] value() {
      if (isTombstone) {
        return null;
      }
      return malformed == null
          ? new ThriftSampleFormat().write(sample, timestampMillis)
          : malformed.write(sample, timestampMillis);
    }

    @Override
    public Expected expected(long version, @Nullable String reason) {
      if (isTombstone) {
        return new Expected.Tombstone();
      }
      if (malformed != null) {
        return new Expected.Letter(malformed.reason().label());
      }
      KeyConfig under = version == newest.version() ? newest : sample.config();
      byte[] record = new ThriftSampleFormat().record(sample, under, timestampMillis);
      return new Expected.Record(under.version(), record);
    }

    @Override
    public String toString() {
      String kind = isTombstone ? "TOMBSTONE" : malformed == null ? "GOOD" : malformed.name();
      return "event %d (%s:%d, %s)".formatted(number, model(), sample.entityId(), kind);
    }
  }
}
