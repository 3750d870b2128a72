package io.embeddingexport.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OffsetWindowTest {

  /** A model that remembers everything says the same, as far as the window reaches. */
  @Property
  void anOffsetShouldBeFirstOnceWithinTheWindow(
      @ForAll("steps") List<Integer> steps, @ForAll("windows") int atLeast) {
    OffsetWindow window = new OffsetWindow(atLeast);
    long size = (atLeast + 63L) / 64 * 64;
    Set<Long> come = new HashSet<>();
    long offset = 0;
    long greatest = -1;
    for (int step : steps) {
      offset = Math.max(0, offset + step);
      greatest = Math.max(greatest, offset);
      boolean within = offset > greatest - size;
      assertThat(window.isFirst(offset))
          .as("offset %d of at most %d", offset, greatest)
          .isEqualTo(!within || !come.contains(offset));
      come.add(offset);
    }
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    Arbitrary<Integer> step =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0, 3)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(-80, 0)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(-400, 400)));
    return step.list().ofMinSize(1).ofMaxSize(300);
  }

  @Provide
  Arbitrary<Integer> windows() {
    return Arbitraries.of(1, 64, 65, 128, 200);
  }

  @Test
  void theGreatestOffsetThereIsShouldBeTaken() {
    OffsetWindow window = new OffsetWindow(64);
    assertThat(window.isFirst(Long.MAX_VALUE - 1)).isTrue();
    assertThat(window.isFirst(Long.MAX_VALUE)).isTrue();
    assertThat(window.isFirst(Long.MAX_VALUE - 1)).isFalse();
    assertThat(window.isFirst(Long.MAX_VALUE)).isFalse();
  }
}
