package io.embeddingexport.kafka.commit;

import io.embeddingexport.flink.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers where the inputs of a transaction stood. Inputs come in runs of one partition, so an
 * input costs two comparisons and two additions. Not thread-safe.
 */
final class SourceRanges {
  private final List<Range> ranges = new ArrayList<>();
  private @Nullable Range current;

  private static final class Range {
    final String topic;
    final int partition;
    final long first;
    long last;
    long messages;

    Range(Envelope input) {
      this.topic = input.topic();
      this.partition = input.partition();
      this.first = input.offset();
    }

    boolean has(Envelope input) {
      return partition == input.partition() && topic.equals(input.topic());
    }
  }

  void add(Envelope input) {
    Range range = current;
    if (range == null || !range.has(input)) {
      range = of(input);
      current = range;
    }
    range.last = input.offset();
    range.messages++;
  }

  private Range of(Envelope input) {
    for (Range range : ranges) {
      if (range.has(input)) {
        return range;
      }
    }
    Range added = new Range(input);
    ranges.add(added);
    return added;
  }

  /** What was added since the last call. */
  List<SourceRange> take() {
    List<SourceRange> taken =
        ranges.stream()
            .map(r -> new SourceRange(r.topic, r.partition, r.first, r.last, r.messages))
            .toList();
    ranges.clear();
    current = null;
    return taken;
  }
}
