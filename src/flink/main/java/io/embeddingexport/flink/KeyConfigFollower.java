package io.embeddingexport.flink;

import io.embeddingexport.export.MissingVersionPolicy;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigParser;
import io.embeddingexport.keys.KeyConfigUpdate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the messages of a feed on the task's thread: between events, and while an event waits for
 * its version. Waiting keeps the order: the task stops, so nothing overtakes.
 */
final class KeyConfigFollower implements MissingVersionPolicy, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyConfigFollower.class);

  /** Number of versions remembered as not received. Events name them, so the number is bounded. */
  static final int MOST_GIVEN_UP = 1024;

  private final KeyConfigSource source;
  private final int subtask;
  private final CheckpointedKeyConfigs configs;
  private final RefusedKeyConfigs refused;
  private final WaitBudget budget;
  private final KeyConfigMetrics metrics;
  private final Set<ModelVersion> givenUp = Collections.newSetFromMap(new MostRecent<>());

  /** Null before {@link #open} and after {@link #close}. */
  private @Nullable KeyConfigFeed feed;

  private record ModelVersion(String model, long version) {}

  KeyConfigFollower(
      KeyConfigSource source,
      int subtask,
      CheckpointedKeyConfigs configs,
      RefusedKeyConfigs refused,
      WaitBudget budget,
      KeyConfigMetrics metrics) {
    this.source = source;
    this.subtask = subtask;
    this.configs = configs;
    this.refused = refused;
    this.budget = budget;
    this.metrics = metrics;
  }

  /** Starts following the source, and applies everything it has now. */
  void open() throws Exception {
    feed = source.open(subtask);
    applyPending(true);
  }

  /** Applies everything received since the last call. */
  void applyPending() throws Exception {
    applyPending(false);
  }

  private void applyPending(boolean readAgain) throws Exception {
    for (ReceivedKeyConfig next = feed.poll(); next != null; next = feed.poll()) {
      apply(next, readAgain);
    }
  }

  /** Applies one message, or refuses it. */
  void apply(ReceivedKeyConfig received) throws Exception {
    apply(received, false);
  }

  private void apply(ReceivedKeyConfig received, boolean readAgain) throws Exception {
    KeyConfigMessage message = received.message();
    refused.add(received);
    if (message instanceof KeyConfigUpdate update) {
      configs.apply(update, received.compiled(), received.envelope().toString(), readAgain);
    } else {
      Invalid invalid = (Invalid) message;
      metrics.refused();
      LOG.warn("Key config refused; the previous one stays in force: {}", invalid.detail());
    }
  }

  /** Waits once for each version, and no longer than the remaining budget. */
  @Override
  public void await(String model, long version) {
    ModelVersion missing = new ModelVersion(model, version);
    if (mayCome(model) && !givenUp.contains(missing)) {
      boolean came = waitFor(model, version, budget.available());
      metrics.waited(budget.spent(), came);
      if (!came) {
        givenUp.add(missing);
      }
    }
  }

  /** An event may carry any name, but no key config has a name too long to keep. */
  private static boolean mayCome(String model) {
    return model.length() <= KeyConfigParser.MAX_NAME_CHARS;
  }

  /**
   * Applies one message at a time: if several versions arrive at once, the event gets the one it
   * names.
   */
  private boolean waitFor(String model, long version, long nanos) {
    long deadline = System.nanoTime() + nanos;
    try {
      while (configs.version(model) < version) {
        long left = deadline - System.nanoTime();
        ReceivedKeyConfig next = left > 0 ? feed.poll(Duration.ofNanos(left)) : feed.poll();
        if (next == null) {
          return false;
        }
        apply(next);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRuntimeException(
          "interrupted while an event waited for version " + version + " of its key config", e);
    } catch (Exception e) {
      throw new FlinkRuntimeException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws Exception {
    KeyConfigFeed open = feed;
    feed = null;
    if (open != null) {
      open.close();
    }
  }

  /** Drops the oldest entry. */
  private static final class MostRecent<K> extends LinkedHashMap<K, Boolean> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
      return size() > MOST_GIVEN_UP;
    }
  }
}
