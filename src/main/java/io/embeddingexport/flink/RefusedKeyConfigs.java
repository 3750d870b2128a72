package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dead letter of each key config that is refused. Only the first instance does, although
 * every instance reads them. For the task's thread only.
 *
 * <p>Every start reads all key configs again. So a letter is made once only if the instance is told
 * up to where earlier starts have made letters: by the {@link PartitionStart} of a partition of the
 * key configs. Messages before that wait for nothing; later ones are held until it has come.
 */
final class RefusedKeyConfigs {
  private static final int EMITTING_SUBTASK = 0;

  private final boolean makesLetters;

  /** Whether a partition's letters wait for its start. */
  private final boolean awaitsStarts;

  /** By partition the first message that was not handled yet. */
  private final Map<String, Long> next = new HashMap<>();

  /** By partition the latest timestamp of the messages seen before this round, ms. */
  private final Map<String, Long> latest = new HashMap<>();

  private final Queue<Message> pending = new ArrayDeque<>();

  /**
   * @param why null of a key config that was not refused
   */
  private record Message(Envelope envelope, @Nullable Invalid why) {
    String partition() {
      return RefusedKeyConfigs.partition(envelope.topic(), envelope.partition());
    }
  }

  private RefusedKeyConfigs(boolean makesLetters, boolean awaitsStarts) {
    this.makesLetters = makesLetters;
    this.awaitsStarts = awaitsStarts;
  }

  /** For an instance that gets the partitions' starts: it makes each letter once. */
  static RefusedKeyConfigs oncePerMessage(int subtask) {
    return new RefusedKeyConfigs(subtask == EMITTING_SUBTASK, true);
  }

  /** For an instance that gets no starts: it makes a letter each time a message comes. */
  static RefusedKeyConfigs asTheyCome(int subtask) {
    return new RefusedKeyConfigs(subtask == EMITTING_SUBTASK, false);
  }

  /** For a function that cannot emit letters. */
  static RefusedKeyConfigs withoutLetters() {
    return new RefusedKeyConfigs(false, false);
  }

  /** Messages of the partition before {@code start} have had their letters. */
  void start(PartitionStart start) {
    next.put(partition(start.topic(), start.partition()), start.next());
  }

  void add(Envelope message, Invalid why) {
    if (makesLetters) {
      pending.add(new Message(message, why));
    }
  }

  /** Takes a message that needs no letter: the position passes it. */
  void pass(Envelope message) {
    if (makesLetters && awaitsStarts) {
      pending.add(new Message(message, null));
    }
  }

  /** Whether {@link #emit} may have something to do. Costs the read of a field. */
  boolean arePending() {
    return !pending.isEmpty();
  }

  /** Emits the letters due, and after them how far the key configs were handled. */
  void emit(Consumer<Output> out) {
    Map<String, PartitionProgress> moved = new HashMap<>();
    Map<String, Long> timestamps = new HashMap<>();
    for (int left = pending.size(); left > 0; left--) {
      Message message = pending.remove();
      if (awaitsStarts && !next.containsKey(message.partition())) {
        pending.add(message);
        continue;
      }
      timestamps.merge(message.partition(), message.envelope().timestampMillis(), Math::max);
      if (!awaitsStarts || isNew(message)) {
        emit(message, moved, out);
      }
    }
    timestamps.forEach((partition, millis) -> latest.merge(partition, millis, Math::max));
    moved.forEach(
        (partition, progress) -> {
          next.put(partition, progress.next());
          out.accept(progress);
        });
  }

  private void emit(Message message, Map<String, PartitionProgress> moved, Consumer<Output> out) {
    Envelope envelope = message.envelope();
    Invalid why = message.why();
    if (why != null) {
      out.accept(
          new Decision(
              envelope,
              new Rejected(RejectReason.KEY_CONFIG_REFUSED, why.detail(), why.model(), 0)));
    }
    if (awaitsStarts) {
      // A topic that is read again comes out of order.
      moved.merge(
          message.partition(),
          new PartitionProgress(envelope.topic(), envelope.partition(), envelope.offset() + 1),
          (one, other) -> one.next() > other.next() ? one : other);
    }
  }

  /**
   * A message that stands after all that were handled before this round. One that stands before,
   * but is later than all of them, belongs to a topic that was created anew.
   */
  private boolean isNew(Message message) {
    Long time = latest.get(message.partition());
    return message.envelope().offset() >= next.get(message.partition())
        || (time != null && message.envelope().timestampMillis() > time);
  }

  private static String partition(String topic, int partition) {
    return topic + '-' + partition;
  }
}
