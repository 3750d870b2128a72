package io.embeddingexport.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LastOffsetsTest {

  @Example
  void aPartitionThatHasFewerShouldLeaveItsShareToTheOthers() {
    Map<String, Long> starts = new TreeMap<>(Map.of("a", 5L, "b", 0L, "c", 100L));

    LastOffsets.moveUp(starts, Map.of("a", 7L, "b", 50L, "c", 150L), 32);

    assertThat(starts).isEqualTo(Map.of("a", 5L, "b", 35L, "c", 135L));
  }

  @Property
  void asManyOffsetsAsWantedShouldBeLeftIfThereAreSoMany(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(max = 1000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 5000) int most) {
    Map<Integer, Long> starts = new TreeMap<>();
    Map<Integer, Long> ends = new TreeMap<>();
    for (int i = 0; i < lengths.size(); i++) {
      starts.put(i, 7L);
      ends.put(i, 7L + lengths.get(i));
    }

    LastOffsets.moveUp(starts, ends, most);

    assertThat(starts).allSatisfy((i, start) -> assertThat(start).isBetween(7L, ends.get(i)));
    long left = ends.keySet().stream().mapToLong(i -> ends.get(i) - starts.get(i)).sum();
    assertThat(left).isEqualTo(Math.min(most, lengths.stream().mapToLong(n -> n).sum()));
  }
}
