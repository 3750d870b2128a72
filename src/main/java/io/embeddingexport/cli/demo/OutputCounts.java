package io.embeddingexport.cli.demo;

import io.embeddingexport.cli.demo.Verdict.Outputs;
import io.embeddingexport.export.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts actual or expected output. Not thread-safe. */
final class OutputCounts {
  private final Map<RejectReason, Integer> deadLetters = new EnumMap<>(RejectReason.class);
  private int records;
  private int tombstones;

  /** Counts the expected outcome of an event of this kind. */
  void count(EventKind kind) {
    if (kind.reason() != null) {
      deadLetters.merge(kind.reason(), 1, Integer::sum);
    } else if (kind == EventKind.TOMBSTONE) {
      tombstones++;
    } else {
      records++;
    }
  }

  /** Counts an output message. */
  void count(ConsumerRecord<byte[], byte[]> message, boolean isDeadLetter) {
    if (isDeadLetter) {
      String label = MessageCheck.text(message.headers().lastHeader("ee.reason"));
      for (RejectReason reason : RejectReason.values()) {
        if (reason.label().equals(label)) {
          deadLetters.merge(reason, 1, Integer::sum);
        }
      }
    } else if (message.value() == null) {
      tombstones++;
    } else {
      records++;
    }
  }

  Outputs outputs() {
    return new Outputs(records, tombstones, Map.copyOf(deadLetters));
  }
}
