package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Makes a dead letter of each refused key config. Only the first instance does so, although every
 * instance reads them. For the task's thread only.
 *
 * <p>Every start reads all key configs again. The instance makes each dead letter only once if it
 * knows how far earlier starts have made them: the {@link PartitionStart} of a key-config partition
 * tells it. Earlier messages need no wait; later ones are held until it arrives.
 *
 * <p>A topic that was deleted and recreated begins at offset 0 again, and has another id. Its
 * messages are held until its own start arrives.
 */
final class RefusedKeyConfigs {
  private static final int EMITTING_SUBTASK = 0;

  private final boolean makesLetters;

  /** Whether a partition's dead letters wait for its start. */
  private final boolean awaitsStarts;

  private final Map<Partition, Handled> handled = new HashMap<>();

  /** The topic id of the latest message. Topics with other ids are gone, or not started yet. */
  private final Map<Partition, String> latestTopicId = new HashMap<>();

  private final Queue<ReceivedKeyConfig> pending = new ArrayDeque<>();

  private record Partition(String topic, int partition) {
    static Partition of(Envelope envelope) {
      return new Partition(envelope.topic(), envelope.partition());
    }
  }

  /**
   * The progress in a partition.
   *
   * @param next offset of the first message not handled
   */
  private record Handled(String topicId, long next) {
    PartitionProgress of(Partition partition) {
      return new PartitionProgress(partition.topic(), partition.partition(), next);
    }
  }

  private RefusedKeyConfigs(boolean makesLetters, boolean awaitsStarts) {
    this.makesLetters = makesLetters;
    this.awaitsStarts = awaitsStarts;
  }

  /** For an instance that receives the partitions' starts: it makes each dead letter once. */
  static RefusedKeyConfigs oncePerMessage(int subtask) {
    return new RefusedKeyConfigs(subtask == EMITTING_SUBTASK, true);
  }

  /**
   * For an instance that receives no starts: it makes a dead letter each time a message arrives.
   */
  static RefusedKeyConfigs asTheyCome(int subtask) {
    return new RefusedKeyConfigs(subtask == EMITTING_SUBTASK, false);
  }

  /** For a function that cannot emit dead letters. */
  static RefusedKeyConfigs withoutLetters() {
    return new RefusedKeyConfigs(false, false);
  }

  /**
   * Marks messages of the partition before {@code start} as done. Call {@link #emit} first: dead
   * letters of an earlier topic of that name are due before.
   */
  void start(PartitionStart start) {
    handled.put(
        new Partition(start.topic(), start.partition()),
        new Handled(start.topicId(), start.next()));
  }

  /**
   * Takes a message. A message that was not refused needs no dead letter: the position passes it.
   */
  void add(ReceivedKeyConfig received) {
    if (makesLetters && (awaitsStarts || received.message() instanceof Invalid)) {
      latestTopicId.put(Partition.of(received.envelope()), received.topicId());
      pending.add(received);
    }
  }

  /** Whether {@link #emit} may have work. Costs one field read. */
  boolean arePending() {
    return !pending.isEmpty();
  }

  /** Emits the due dead letters, then the progress in the key configs. */
  void emit(Consumer<Output> out) {
    Map<Partition, Handled> moved = new HashMap<>();
    for (int left = pending.size(); left > 0; left--) {
      ReceivedKeyConfig received = pending.remove();
      if (!awaitsStarts) {
        emitLetter(received, out);
      } else if (!emit(received, moved, out)) {
        pending.add(received);
      }
    }
    handled.putAll(moved);
    moved.forEach((partition, now) -> out.accept(now.of(partition)));
  }

  /**
   * Emits the dead letter of a message if it is due.
   *
   * @return false if the message must wait for its topic's start
   */
  private boolean emit(
      ReceivedKeyConfig received, Map<Partition, Handled> moved, Consumer<Output> out) {
    Partition partition = Partition.of(received.envelope());
    Handled before = handled.get(partition);
    if (before == null) {
      return false;
    }
    if (before.topicId().equals(received.topicId())) {
      if (received.envelope().offset() >= before.next()) {
        emitLetter(received, out);
        // A topic that is read again arrives out of order.
        moved.merge(
            partition,
            new Handled(before.topicId(), received.envelope().offset() + 1),
            (one, other) -> one.next() > other.next() ? one : other);
      }
      return true;
    }
    if (received.topicId().equals(latestTopicId.get(partition))) {
      return false;
    }
    // Its topic is gone and never started here. Its position cannot be kept; its dead letter can.
    emitLetter(received, out);
    moved.putIfAbsent(partition, before);
    return true;
  }

  private static void emitLetter(ReceivedKeyConfig received, Consumer<Output> out) {
    if (received.message() instanceof Invalid why) {
      out.accept(
          new Decision(
              received.envelope(),
              new Rejected(RejectReason.KEY_CONFIG_REFUSED, why.detail(), why.model(), 0)));
    }
  }
}
