package io.embeddingexport.flink;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.util.Collector;

/**
 * Makes a dead letter of each key config that is refused: once, although every instance reads it,
 * and reads it again at each start. Only the first instance emits, and it keeps in state, for each
 * partition of the key configs, the last message it made a letter of. For the task's thread only.
 *
 * <p>A message is later than another if its offset or its timestamp is greater; so those of a topic
 * that was created anew count as new.
 */
final class RefusedKeyConfigs {
  /** The last message of each partition that became a letter, without its content. */
  private static final ListStateDescriptor<Envelope> STATE =
      new ListStateDescriptor<>("refused-key-configs", EnvelopeSerializer.INSTANCE);

  private static final int EMITTING_SUBTASK = 0;

  private final ListState<Envelope> state;
  private final boolean emits;
  private final Map<Partition, Envelope> emitted = new HashMap<>();
  private final Queue<Decision> pending = new ArrayDeque<>();

  private record Partition(String topic, int partition) {}

  private RefusedKeyConfigs(ListState<Envelope> state, boolean emits) {
    this.state = state;
    this.emits = emits;
  }

  /** A union: after a change of parallelism the first instance must know what it knew before. */
  static RefusedKeyConfigs restore(OperatorStateStore store, int subtask) throws Exception {
    RefusedKeyConfigs refused =
        new RefusedKeyConfigs(store.getUnionListState(STATE), subtask == EMITTING_SUBTASK);
    if (refused.emits) {
      refused.state.get().forEach(refused::remember);
    }
    return refused;
  }

  void add(Envelope message, Invalid why) {
    Envelope before = emitted.get(partition(message));
    if (emits && (before == null || isLater(message, before))) {
      pending.add(
          new Decision(
              message,
              new Rejected(RejectReason.KEY_CONFIG_REFUSED, why.detail(), why.model(), 0)));
    }
  }

  /** Emits the letters due. What is emitted before a barrier belongs to its checkpoint. */
  void emit(Collector<Decision> out) {
    for (Decision letter = pending.poll(); letter != null; letter = pending.poll()) {
      out.collect(letter);
      remember(letter.input());
    }
  }

  /** A letter still due is not in the snapshot: after a restart its message is read again. */
  void snapshot() throws Exception {
    state.update(List.copyOf(emitted.values()));
  }

  private void remember(Envelope message) {
    emitted.merge(partition(message), position(message), RefusedKeyConfigs::latest);
  }

  private static Partition partition(Envelope message) {
    return new Partition(message.topic(), message.partition());
  }

  private static boolean isLater(Envelope message, Envelope before) {
    return message.offset() > before.offset()
        || message.timestampMillis() > before.timestampMillis();
  }

  private static Envelope position(Envelope message) {
    return at(message, message.timestampMillis());
  }

  /** Its offset may be the smaller one, in a topic created anew; the timestamp never falls. */
  private static Envelope latest(Envelope before, Envelope message) {
    return at(message, Math.max(before.timestampMillis(), message.timestampMillis()));
  }

  private static Envelope at(Envelope message, long timestampMillis) {
    return new Envelope(
        null,
        null,
        Header.NONE,
        timestampMillis,
        message.topic(),
        message.partition(),
        message.offset());
  }
}
