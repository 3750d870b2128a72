package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Makes a dead letter of each key config that is refused. Only the first instance does, although
 * every instance reads them. For the task's thread only.
 *
 * <p>Every start reads all key configs again. So a letter is made once only if the instance is told
 * up to where earlier starts have made letters: by the {@link PartitionStart} of a partition of the
 * key configs. Messages before that wait for nothing; later ones are held until it has come.
 *
 * <p>A topic that was deleted and created again begins at offset 0 again, and has another id. Its
 * messages are held until its own start comes.
 */
final class RefusedKeyConfigs {
  private static final int EMITTING_SUBTASK = 0;

  private final boolean makesLetters;

  /** Whether a partition's letters wait for its start. */
  private final boolean awaitsStarts;

  private final Map<Place, Handled> handled = new HashMap<>();

  /** The topic id of the latest message. Topics with other ids are gone, or not started yet. */
  private final Map<Place, String> latestTopicId = new HashMap<>();

  private final Queue<ReceivedKeyConfig> pending = new ArrayDeque<>();

  private record Place(String topic, int partition) {
    static Place of(Envelope envelope) {
      return new Place(envelope.topic(), envelope.partition());
    }
  }

  /**
   * How far a partition was handled.
   *
   * @param next offset of the first message that was not
   */
  private record Handled(String topicId, long next) {
    PartitionProgress of(Place place) {
      return new PartitionProgress(place.topic(), place.partition(), next);
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

  /**
   * Messages of the partition before {@code start} have had their letters. Comes after {@link
   * #emit}: letters of an earlier topic of that name are due before.
   */
  void start(PartitionStart start) {
    handled.put(
        new Place(start.topic(), start.partition()), new Handled(start.topicId(), start.next()));
  }

  /** Takes a message. One that was not refused needs no letter: the position passes it. */
  void add(ReceivedKeyConfig received) {
    if (makesLetters && (awaitsStarts || received.message() instanceof Invalid)) {
      latestTopicId.put(Place.of(received.envelope()), received.topicId());
      pending.add(received);
    }
  }

  /** Whether {@link #emit} may have something to do. Costs the read of a field. */
  boolean arePending() {
    return !pending.isEmpty();
  }

  /** Emits the letters due, and after them how far the key configs were handled. */
  void emit(Consumer<Output> out) {
    Map<Place, Handled> moved = new HashMap<>();
    for (int left = pending.size(); left > 0; left--) {
      ReceivedKeyConfig received = pending.remove();
      if (!awaitsStarts) {
        emitLetter(received, out);
      } else if (!emit(received, moved, out)) {
        pending.add(received);
      }
    }
    handled.putAll(moved);
    moved.forEach((place, now) -> out.accept(now.of(place)));
  }

  /**
   * Emits the letter of a message if it is due.
   *
   * @return false if the message must wait for its topic's start
   */
  private boolean emit(
      ReceivedKeyConfig received, Map<Place, Handled> moved, Consumer<Output> out) {
    Place place = Place.of(received.envelope());
    Handled before = handled.get(place);
    if (before == null) {
      return false;
    }
    if (before.topicId().equals(received.topicId())) {
      if (received.envelope().offset() >= before.next()) {
        emitLetter(received, out);
        // A topic that is read again comes out of order.
        moved.merge(
            place,
            new Handled(before.topicId(), received.envelope().offset() + 1),
            (one, other) -> one.next() > other.next() ? one : other);
      }
      return true;
    }
    if (received.topicId().equals(latestTopicId.get(place))) {
      return false;
    }
    // Its topic is gone, and never started here: its position cannot be kept, its letter can.
    emitLetter(received, out);
    moved.putIfAbsent(place, before);
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
