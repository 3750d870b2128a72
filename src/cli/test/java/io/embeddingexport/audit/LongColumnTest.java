package io.embeddingexport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LongColumnTest {
  @Property(tries = 50)
  void whatIsPutAtAnOffsetStandsThereAlone(
      @ForAll @IntRange(max = 300_000) int offset,
      @ForAll @IntRange(max = 300_000) int other,
      @ForAll @LongRange(min = 1) long value) {
    LongColumn column = new LongColumn(0);
    column.put(offset, value);
    assertThat(column.get(offset)).isEqualTo(value);
    assertThat(column.get(other)).isEqualTo(other == offset ? value : 0);
    assertThat(column.size()).isEqualTo(offset + 1);
  }

  @Test
  void beyondItsEndsThereIsNothing() {
    LongColumn column = new LongColumn(-1);
    column.put(3, 7);
    assertThat(column.get(-1)).isEqualTo(-1);
    assertThat(column.get(4)).isEqualTo(-1);
    assertThat(column.get(Long.MAX_VALUE)).isEqualTo(-1);
  }
}
