package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void ofAHundredTimesEachPercentileIsOneOfThem() {
    List<Long> times = LongStream.rangeClosed(1, 100).boxed().toList();
    assertThat(Percentiles.of(times)).isEqualTo(new Percentiles(100, 50, 90, 99, 100));
  }

  @Test
  void ofOneTimeAllAreThatAndOfNoneNought() {
    assertThat(Percentiles.of(List.of(7L))).isEqualTo(new Percentiles(1, 7, 7, 7, 7));
    assertThat(Percentiles.of(List.of())).isEqualTo(new Percentiles(0, 0, 0, 0, 0));
  }

  @Property
  void soManyOfAllShouldNotExceedAPercentile(
      @ForAll @NotEmpty List<@IntRange(max = 100_000) Integer> all) {
    List<Long> times = all.stream().map(Integer::longValue).toList();
    Percentiles found = Percentiles.of(times);
    assertThat(notAbove(times, found.p50()) * 100).isGreaterThanOrEqualTo(times.size() * 50L);
    assertThat(notAbove(times, found.p99()) * 100).isGreaterThanOrEqualTo(times.size() * 99L);
    assertThat(notAbove(times, found.p90() - 1) * 100).isLessThan(times.size() * 90L);
    assertThat(notAbove(times, found.max())).isEqualTo(times.size());
  }

  private static long notAbove(List<Long> times, long limit) {
    return times.stream().filter(time -> time <= limit).count();
  }
}
