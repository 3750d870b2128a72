package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.positions.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Moves positions to given targets, partition by partition. */
final class SetPlan {
  private final PositionPlan plan = new PositionPlan();
  private final PositionReport report;
  private final List<PositionStatus> inputs;

  private SetPlan(PositionReport report) {
    this.report = report;
    this.inputs = report.inputs();
  }

  /**
   * @param targets new positions by partition; others keep theirs
   * @param unnamed reason another is not among them, such as "not in the savepoint"
   */
  static PositionPlan of(
      PositionReport report,
      Map<TopicPartition, Long> targets,
      Function<TopicPartition, String> unnamed) {
    SetPlan set = new SetPlan(report);
    Map<TopicPartition, Long> unknown = new HashMap<>(targets);
    for (PositionStatus input : set.inputs) {
      Long target = unknown.remove(input.partition());
      if (target == null) {
        set.keep(input, unnamed.apply(input.partition()));
      } else {
        set.move(input, target);
      }
    }
    for (String partition :
        new TreeSet<>(unknown.keySet().stream().map(String::valueOf).toList())) {
      set.plan.refuse(partition + ": no input topic has that partition");
    }
    return set.plan;
  }

  private void move(PositionStatus input, long target) {
    TopicPartition partition = input.partition();
    if (target < input.begin() || target > input.end()) {
      plan.refuse(
          partition
              + ": "
              + target
              + " is outside the partition, which has "
              + input.begin()
              + " to "
              + input.end());
    } else if (input.standing() == Standing.CREATED_ANEW) {
      plan.commit(
          partition, target, input.position() + " on the topic that was deleted → " + target);
    } else {
      plan.move(partition, input.position(), target);
    }
  }

  private void keep(PositionStatus input, String unnamed) {
    TopicPartition partition = input.partition();
    Long start = input.start();
    if (input.position() != null) {
      plan.leave(
          partition,
          input.position()
              + " stays ("
              + unnamed
              + ")"
              + (input.problem() == null ? "" : ", and a start is refused there"));
    } else if (start != null && AdoptPlan.isAdded(input, inputs)) {
      plan.move(partition, null, start);
    } else if (start != null && report.hasMarkers()) {
      plan.leave(partition, "none stays (" + unnamed + "), and a start begins at " + start);
    } else {
      plan.refuse(
          partition
              + ": has no position, and none is given ("
              + unnamed
              + "); set it with offset: as "
              + partition.topic()
              + ":"
              + partition.partition()
              + "=OFFSET, or *=OFFSET for every partition not named");
    }
  }
}
