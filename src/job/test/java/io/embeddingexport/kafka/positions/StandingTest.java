package io.embeddingexport.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final Uuid TOPIC = new Uuid(0, 1);

  private static PositionMarker marker(String prefix, Uuid topic) {
    return new PositionMarker(
        new RunIdentity("r", Instant.EPOCH), List.of(), 1, 1, 2, topic, prefix);
  }

  private static Standing standing(
      @Nullable Long position, @Nullable PositionMarker marker, boolean isRefused) {
    return Standing.of(
        new PositionStatus.Found(new TopicState("in", TOPIC, 2), 10, 100, position, marker),
        "p.",
        isRefused);
  }

  @Test
  void itSaysWhatTheOffsetIs() {
    PositionMarker ours = marker("p.", TOPIC);
    assertThat(standing(50L, ours, false)).isEqualTo(Standing.POSITION);
    assertThat(standing(10L, ours, false)).isEqualTo(Standing.POSITION);
    assertThat(standing(100L, ours, false)).isEqualTo(Standing.POSITION);
    assertThat(standing(50L, ours, true)).isEqualTo(Standing.NOT_WANTED);
    assertThat(standing(9L, ours, true)).isEqualTo(Standing.DELETED);
    assertThat(standing(101L, ours, true)).isEqualTo(Standing.PAST_THE_END);
    assertThat(standing(50L, null, true)).isEqualTo(Standing.UNMARKED);
    assertThat(standing(50L, marker("q.", TOPIC), true)).isEqualTo(Standing.OTHER_PREFIX);
    assertThat(standing(50L, marker("p.", new Uuid(0, 2)), true)).isEqualTo(Standing.CREATED_ANEW);
    assertThat(standing(null, null, true)).isEqualTo(Standing.MISSING);
    assertThat(standing(null, null, false)).isEqualTo(Standing.NEW);
  }
}
