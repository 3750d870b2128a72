package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionKind;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Takes over offsets committed by somebody else, partition by partition. */
final class AdoptPlan {
  private static final String SET = "bin/embedding-export positions set --config FILE --to ";

  static PositionPlan of(PositionReport report) {
    List<PositionStatus> inputs = report.inputs();
    PositionPlan plan = new PositionPlan();
    if (inputs.stream().allMatch(input -> input.position() == null)) {
      plan.refuse(
          "group %s has committed nothing for %s: there is nothing to adopt; to say where the job starts: %sPOSITION",
          report.groupId(),
          String.join(
              ", ", inputs.stream().map(input -> input.partition().topic()).distinct().toList()),
          SET);
    } else {
      inputs.forEach(input -> add(input, isAdded(input, inputs), plan));
    }
    return plan;
  }

  /** Whether a start regards the partition as added to a topic it reads. */
  static boolean isAdded(PositionStatus input, List<PositionStatus> inputs) {
    return input.kind() == PositionKind.NEW
        && inputs.stream()
            .anyMatch(
                other ->
                    other.marker() != null
                        && other.partition().topic().equals(input.partition().topic()));
  }

  private static void add(PositionStatus input, boolean isAdded, PositionPlan plan) {
    TopicPartition partition = input.partition();
    Long position = input.position();
    Long start = input.start();
    PositionMarker marker = input.marker();
    if (position == null && isAdded && start != null) {
      plan.move(partition, null, start);
    } else if (position == null) {
      plan.refuse(
          "%s: nothing is committed for it; set first where it starts, then adopt the others: %soffset:%s:%d=OFFSET",
          partition, SET, partition.topic(), partition.partition());
    } else if (marker != null && !marker.topicId().equals(input.found().topic().id())) {
      plan.refuse(
          "%s: %d is a position on a topic of that name that was deleted; to read this one from its beginning: %searliest --topic %s",
          partition, position, SET, partition.topic());
    } else if (input.kind() != PositionKind.UNMARKED && input.kind() != PositionKind.OTHER_PREFIX) {
      plan.leave(partition, position + ", is already this job's position");
    } else if (position < input.begin() || position > input.end()) {
      plan.refuse(
          "%s: %d is outside the partition, which has %d to %d; to say where it starts: %sPOSITION --partition %s:%d",
          partition,
          position,
          input.begin(),
          input.end(),
          SET,
          partition.topic(),
          partition.partition());
    } else {
      String origin =
          marker == null
              ? "committed by something else"
              : "of prefix %s (run %s)".formatted(marker.prefix(), marker.run());
      plan.commit(partition, position, position + ", " + origin + ", becomes this job's position");
    }
  }

  private AdoptPlan() {}
}
