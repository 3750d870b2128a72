package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dead letter of each key config that is refused: once, although every instance reads it,
 * and reads it again at each start. Only the first instance emits, and it keeps in state, for each
 * partition of the key configs, the last message it made a letter of. For the task's thread only.
 *
 * <p>A message is later than another if its offset or its timestamp is greater; so those of a topic
 * that was created anew count as new.
 *
 * <p>The state is a broadcast state, since Flink gives the first instance its own copy of one back
 * at any parallelism. A union list would do too, but with one no checkpoint completes while some
 * instances have come to the end of a bounded input and others have not.
 */
final class RefusedKeyConfigs {
  /** By partition the last message that became a letter, without its content. */
  private static final MapStateDescriptor<String, Envelope> STATE =
      new MapStateDescriptor<>(
          "refused-key-configs", StringSerializer.INSTANCE, EnvelopeSerializer.INSTANCE);

  private static final int EMITTING_SUBTASK = 0;

  /** Null in an instance that makes no letters. */
  private final @Nullable BroadcastState<String, Envelope> emitted;

  private final Queue<Decision> pending = new ArrayDeque<>();

  private RefusedKeyConfigs(@Nullable BroadcastState<String, Envelope> emitted) {
    this.emitted = emitted;
  }

  /** Of a function that can emit letters. */
  static RefusedKeyConfigs restore(OperatorStateStore store, int subtask) throws Exception {
    BroadcastState<String, Envelope> state = store.getBroadcastState(STATE);
    return new RefusedKeyConfigs(subtask == EMITTING_SUBTASK ? state : null);
  }

  /** Of a function that has nowhere to emit letters to. */
  static RefusedKeyConfigs withoutLetters() {
    return new RefusedKeyConfigs(null);
  }

  void add(Envelope message, Invalid why) throws Exception {
    if (emitted != null && isNew(message, emitted.get(partition(message)))) {
      pending.add(
          new Decision(
              message,
              new Rejected(RejectReason.KEY_CONFIG_REFUSED, why.detail(), why.model(), 0)));
    }
  }

  /**
   * Emits the letters due. What is emitted before a barrier belongs to its checkpoint; a letter
   * still due is not in the state, and its message is read again after a restart.
   */
  void emit(Collector<Decision> out) throws Exception {
    for (Decision letter = pending.poll(); letter != null; letter = pending.poll()) {
      out.collect(letter);
      remember(letter.input());
    }
  }

  private void remember(Envelope message) throws Exception {
    String partition = partition(message);
    Envelope before = emitted.get(partition);
    // In a topic created anew the offset may be the smaller one; the timestamp never falls.
    long timestamp =
        before == null
            ? message.timestampMillis()
            : Math.max(before.timestampMillis(), message.timestampMillis());
    emitted.put(
        partition,
        new Envelope(
            null,
            null,
            Header.NONE,
            timestamp,
            message.topic(),
            message.partition(),
            message.offset()));
  }

  private static String partition(Envelope message) {
    return message.topic() + '-' + message.partition();
  }

  private static boolean isNew(Envelope message, @Nullable Envelope before) {
    return before == null
        || message.offset() > before.offset()
        || message.timestampMillis() > before.timestampMillis();
  }
}
