package io.embeddingexport.chaos.run;

import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.SourcePosition;
import io.embeddingexport.chaos.check.Readers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads inputs and outputs in turn, and gives the checker each output after its input. For one
 * thread.
 */
final class PairedReader {
  /** An input that cannot be read for so long is taken for one that was never there. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration A_WHILE = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> inputs;
  private final Consumer<byte[], byte[]> outputs;
  private final ExportChecker checker;
  private final Readers readers;
  private final LongSupplier nanos;

  /** Read, and not given to the checker yet. */
  private final Deque<ConsumerRecord<byte[], byte[]>> pending = new ArrayDeque<>();

  /** Since when the first of these waits for its input. */
  private long waitingSince;

  private boolean waiting;

  /**
   * @param checker whose monitor is held while it or {@code readers} is told something
   * @param nanos a monotonic clock
   */
  PairedReader(
      Consumer<byte[], byte[]> inputs,
      Consumer<byte[], byte[]> outputs,
      ExportChecker checker,
      Readers readers,
      LongSupplier nanos) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.checker = checker;
    this.readers = readers;
    this.nanos = nanos;
  }

  /** Reads some of both. If it throws, nothing that was read is forgotten. */
  void step() {
    readInputs(Duration.ZERO);
    if (pending.isEmpty()) {
      outputs.poll(A_WHILE).forEach(pending::add);
    }
    while (!give()) {
      readInputs(A_WHILE);
    }
  }

  private void readInputs(Duration time) {
    var batch = inputs.poll(time);
    synchronized (checker) {
      batch.forEach(checker::input);
    }
  }

  /** Whether all that is pending could be given. */
  private boolean give() {
    synchronized (checker) {
      while (!pending.isEmpty()) {
        if (mustWait(checker.unseenInput(pending.element()))) {
          return false;
        }
        readers.beside(pending.element());
        checker.output(pending.remove());
      }
      return true;
    }
  }

  private boolean mustWait(SourcePosition input) {
    boolean unread =
        input != null
            && inputs.position(new TopicPartition(input.topic(), input.partition()))
                <= input.offset();
    if (!unread) {
      waiting = false;
      return false;
    }
    if (!waiting) {
      waiting = true;
      waitingSince = nanos.getAsLong();
    }
    return nanos.getAsLong() - waitingSince < PATIENCE.toNanos();
  }

  /** What it has still to read of a partition until a position is reached. */
  Map<TopicPartition, Long> behind(Map<TopicPartition, Long> outputEnds) {
    Map<TopicPartition, Long> behind = new HashMap<>();
    outputEnds.forEach(
        (partition, end) -> {
          long left = end - outputs.position(partition);
          if (left > 0) {
            behind.put(partition, left);
          }
        });
    return behind;
  }

  /** Where committed messages end now. */
  Map<TopicPartition, Long> outputEnds() {
    return outputs.endOffsets(outputs.assignment());
  }

  void close() {
    inputs.close();
    outputs.close();
  }
}
