package io.embeddingexport.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampSampleTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, TimestampSample.MOST})
  void fewInputsAreAllKept(int inputs) {
    assertThat(kept(sample(inputs)))
        .containsExactly(IntStream.range(0, inputs).asLongStream().toArray());
  }

  @Test
  void ofManyInputsEachHasTheSameChance() {
    TimestampSample sample = sample(1_000_000);
    long[] kept = kept(sample);

    assertThat(sample.count()).isEqualTo(1_000_000);
    assertThat(kept).hasSize(TimestampSample.MOST).doesNotHaveDuplicates();
    assertThat(Arrays.stream(kept).average()).hasValueCloseTo(500_000.0, offset(50_000.0));
    for (int period : new int[] {2, 4, 1024}) {
      assertThat(Arrays.stream(kept).map(input -> input % period).distinct().count())
          .as("senders that take turns by %d", period)
          .isGreaterThan(period / 2);
    }
  }

  private static TimestampSample sample(int inputs) {
    TimestampSample sample = new TimestampSample(5);
    for (int i = 0; i < inputs; i++) {
      sample.add(i);
    }
    return sample;
  }

  private static long[] kept(TimestampSample sample) {
    return IntStream.range(0, sample.size()).mapToLong(sample::timestampMillis).toArray();
  }
}
