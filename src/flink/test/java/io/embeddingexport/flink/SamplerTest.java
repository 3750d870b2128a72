package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private static final int EVENTS = 1_000_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1024})
  void oneEventInSoManyIsPicked(int every) {
    Sampler sampler = new Sampler(every, 5);

    long picked = IntStream.range(0, EVENTS).filter(i -> sampler.picksNext()).count();

    assertThat(picked).isBetween((long) (0.9 * EVENTS / every), (long) (1.1 * EVENTS / every));
  }

  @Test
  void zeroPicksNothing() {
    Sampler sampler = new Sampler(0, 5);

    assertThat(IntStream.range(0, EVENTS).filter(i -> sampler.picksNext())).isEmpty();
  }

  /** A fixed distance of 1,024 would see one model only. */
  @Test
  void givenModelsThatTakeTurnsThenEachIsPicked() {
    Sampler sampler = new Sampler(1024, 5);
    long[] picked = new long[4];
    for (int i = 0; i < EVENTS; i++) {
      if (sampler.picksNext()) {
        picked[i % picked.length]++;
      }
    }

    assertThat(Arrays.stream(picked).boxed()).allMatch(count -> count > 150);
  }

  @Test
  void theLargestDistanceDoesNotOverflow() {
    assertThat(new Sampler(1 << 30, 5).picksNext()).isFalse();
  }
}
