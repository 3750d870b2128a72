package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionKind;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.positions.TopicState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Reports of a group {@code g}. Every partition begins at 10 and ends at 100. */
final class Reports {
  private static final Uuid NOW = new Uuid(0, 1);
  private static final Uuid BEFORE = new Uuid(0, 2);

  private final List<PositionStatus> partitions = new ArrayList<>();

  Reports position(String topic, int partition, long offset) {
    return add(topic, partition, PositionKind.POSITION, offset, marker("p.", NOW), null);
  }

  Reports unmarked(String topic, int partition, long offset) {
    return add(topic, partition, PositionKind.UNMARKED, offset, null, "something else");
  }

  Reports ofOtherPrefix(String topic, int partition, long offset) {
    return add(
        topic, partition, PositionKind.OTHER_PREFIX, offset, marker("old.", NOW), "another job");
  }

  Reports createdAnew(String topic, int partition, long offset) {
    return add(
        topic, partition, PositionKind.CREATED_ANEW, offset, marker("p.", BEFORE), "re-created");
  }

  Reports missing(String topic, int partition) {
    return add(topic, partition, PositionKind.MISSING, null, null, "has no position");
  }

  /** One that a start would begin at 10. */
  Reports fresh(String topic, int partition) {
    return add(topic, partition, PositionKind.NEW, null, null, null);
  }

  private Reports add(
      String topic,
      int partition,
      PositionKind kind,
      @Nullable Long offset,
      @Nullable PositionMarker marker,
      @Nullable String problem) {
    Long start = problem != null ? null : offset == null ? Long.valueOf(10) : offset;
    partitions.add(
        new PositionStatus(
            new TopicPartition(topic, partition),
            true,
            new PositionStatus.Found(new TopicState(topic, NOW, 3), 10, 100, offset, marker),
            kind,
            start,
            problem));
    return this;
  }

  private static PositionMarker marker(String prefix, Uuid topic) {
    RunIdentity run = new RunIdentity("run-a", Instant.parse("2026-01-31T12:00:00Z"));
    return new PositionMarker(run, List.of(), 1, 1, 3, topic, prefix);
  }

  PositionReport report() {
    return new PositionReport("g", partitions, List.of());
  }
}
