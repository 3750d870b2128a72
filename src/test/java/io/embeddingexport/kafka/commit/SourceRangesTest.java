package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.Envelope;
import io.embeddingexport.flink.Header;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SourceRangesTest {
  private final SourceRanges ranges = new SourceRanges();

  /** However partitions take turns, each has its first, its last and its count. */
  @Property
  void rangesShouldBeThoseOfEachPartition(
      @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> turns) {
    SourceRanges ranges = new SourceRanges();
    Map<String, List<Long>> offsets = new LinkedHashMap<>();
    for (int turn : turns) {
      String topic = turn < 3 ? "events" : "more";
      List<Long> of = offsets.computeIfAbsent(topic + turn, t -> new ArrayList<>());
      long offset = of.isEmpty() ? 100 : of.get(of.size() - 1) + 1 + turn;
      of.add(offset);
      ranges.add(input(new String(topic), turn, offset));
    }
    List<SourceRange> taken = ranges.take();
    assertThat(taken).hasSameSizeAs(offsets.keySet());
    for (SourceRange range : taken) {
      List<Long> of = offsets.get(range.topic() + range.partition());
      assertThat(range.first()).isEqualTo(of.get(0));
      assertThat(range.last()).isEqualTo(of.get(of.size() - 1));
      assertThat(range.messages()).isEqualTo(of.size());
    }
  }

  @Test
  void whatWasTakenShouldNotBeTakenAgain() {
    ranges.add(input("events", 0, 5));
    assertThat(ranges.take()).containsExactly(new SourceRange("events", 0, 5, 5, 1));
    assertThat(ranges.take()).isEmpty();
    ranges.add(input("events", 0, 6));
    assertThat(ranges.take()).containsExactly(new SourceRange("events", 0, 6, 6, 1));
  }

  private static Envelope input(String topic, int partition, long offset) {
    return new Envelope(null, null, Header.NONE, 0, topic, partition, offset);
  }
}
