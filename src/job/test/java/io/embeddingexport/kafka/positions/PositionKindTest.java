package io.embeddingexport.kafka.positions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PositionKindTest {
  private static final Uuid TOPIC = new Uuid(0, 1);

  private static PositionMarker marker(String prefix, Uuid topic) {
    return new PositionMarker(
        new RunIdentity("r", Instant.EPOCH), List.of(), 1, 1, 2, topic, prefix);
  }

  private static PositionKind kind(
      @Nullable Long position, @Nullable PositionMarker marker, boolean isRefused) {
    return PositionKind.of(
        new PositionStatus.Found(new TopicState("in", TOPIC, 2), 10, 100, position, marker),
        "p.",
        isRefused);
  }

  @Test
  void itSaysWhatTheOffsetIs() {
    PositionMarker ours = marker("p.", TOPIC);
    assertThat(kind(50L, ours, false)).isEqualTo(PositionKind.POSITION);
    assertThat(kind(10L, ours, false)).isEqualTo(PositionKind.POSITION);
    assertThat(kind(100L, ours, false)).isEqualTo(PositionKind.POSITION);
    assertThat(kind(50L, ours, true)).isEqualTo(PositionKind.NOT_WANTED);
    assertThat(kind(9L, ours, true)).isEqualTo(PositionKind.DELETED);
    assertThat(kind(101L, ours, true)).isEqualTo(PositionKind.PAST_THE_END);
    assertThat(kind(50L, null, true)).isEqualTo(PositionKind.UNMARKED);
    assertThat(kind(50L, marker("q.", TOPIC), true)).isEqualTo(PositionKind.OTHER_PREFIX);
    assertThat(kind(50L, marker("p.", new Uuid(0, 2)), true)).isEqualTo(PositionKind.CREATED_ANEW);
    assertThat(kind(null, null, true)).isEqualTo(PositionKind.MISSING);
    assertThat(kind(null, null, false)).isEqualTo(PositionKind.NEW);
  }
}
