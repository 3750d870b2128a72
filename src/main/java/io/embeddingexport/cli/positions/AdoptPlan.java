package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.positions.Standing;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** Takes over offsets committed by somebody else, partition by partition. */
final class AdoptPlan {
  private static final String SET = "bin/embedding-export positions set --config FILE --to ";

  private final PositionPlan plan = new PositionPlan();

  static PositionPlan of(PositionReport report) {
    List<PositionStatus> inputs = report.inputs();
    AdoptPlan adopt = new AdoptPlan();
    if (inputs.stream().allMatch(input -> input.position() == null)) {
      adopt.plan.refuse(
          "group "
              + report.groupId()
              + " has committed nothing for "
              + String.join(
                  ", ", inputs.stream().map(input -> input.partition().topic()).distinct().toList())
              + ": there is nothing to adopt; to say where the job starts: "
              + SET
              + "POSITION");
    } else {
      inputs.forEach(input -> adopt.add(input, isAdded(input, inputs)));
    }
    return adopt.plan;
  }

  /** Whether a start regards the partition as added to a topic it reads. */
  static boolean isAdded(PositionStatus input, List<PositionStatus> inputs) {
    return input.standing() == Standing.NEW
        && inputs.stream()
            .anyMatch(
                other ->
                    other.marker() != null
                        && other.partition().topic().equals(input.partition().topic()));
  }

  private void add(PositionStatus input, boolean isAdded) {
    TopicPartition partition = input.partition();
    Long position = input.position();
    if (position == null) {
      addWithout(input, isAdded);
      return;
    }
    PositionMarker marker = input.marker();
    if (marker != null && !marker.topicId().equals(input.found().topic().id())) {
      plan.refuse(
          partition
              + ": "
              + position
              + " is a position on a topic of that name that was deleted; to read this one from its"
              + " beginning: "
              + SET
              + "earliest --topic "
              + partition.topic());
    } else if (input.standing() != Standing.UNMARKED && input.standing() != Standing.OTHER_PREFIX) {
      plan.leave(partition, position + ", is already this job's position");
    } else if (position < input.begin() || position > input.end()) {
      plan.refuse(
          partition
              + ": "
              + position
              + " is outside the partition, which has "
              + input.begin()
              + " to "
              + input.end()
              + "; to say where it starts: "
              + SET
              + "POSITION --partition "
              + partition.topic()
              + ":"
              + partition.partition());
    } else {
      plan.commit(
          partition,
          position,
          position
              + (marker == null
                  ? ", committed by something else, becomes this job's position"
                  : ", of prefix "
                      + marker.prefix()
                      + " (run "
                      + marker.run()
                      + "), becomes this job's position"));
    }
  }

  private void addWithout(PositionStatus input, boolean isAdded) {
    TopicPartition partition = input.partition();
    Long start = input.start();
    if (isAdded && start != null) {
      plan.move(partition, null, start);
    } else {
      plan.refuse(
          partition
              + ": nothing is committed for it; set first where it starts, then adopt the others: "
              + SET
              + "offset:"
              + partition.topic()
              + ":"
              + partition.partition()
              + "=OFFSET");
    }
  }
}
