package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampSampleTest {

  @Test
  void fewInputsAreAllKept() {
    assertThat(kept(sample(TimestampSample.MOST)))
        .containsExactly(IntStream.range(0, TimestampSample.MOST).asLongStream().toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_025, 2_048, 2_049, 100_000, 1_000_001})
  void manyInputsAreKeptAtEqualDistances(int inputs) {
    TimestampSample sample = sample(inputs);
    long[] kept = kept(sample);

    assertThat(sample.count()).isEqualTo(inputs);
    assertThat(kept).hasSizeLessThanOrEqualTo(TimestampSample.MOST);
    assertThat(kept).hasSizeGreaterThanOrEqualTo(Math.min(inputs, TimestampSample.MOST / 2));
    if (kept.length > 1) {
      long distance = kept[1] - kept[0];
      assertThat(kept)
          .containsExactly(IntStream.range(0, kept.length).mapToLong(i -> i * distance).toArray());
      assertThat(inputs - kept[kept.length - 1])
          .as("inputs after the last")
          .isLessThanOrEqualTo(distance);
    }
  }

  private static TimestampSample sample(int inputs) {
    TimestampSample sample = new TimestampSample();
    for (int i = 0; i < inputs; i++) {
      sample.add(i);
    }
    return sample;
  }

  private static long[] kept(TimestampSample sample) {
    return IntStream.range(0, sample.size()).mapToLong(sample::timestampMillis).toArray();
  }
}
