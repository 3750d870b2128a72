package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionKind;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Moves positions to given targets, partition by partition. */
final class SetPlan {

  /**
   * @param targets new positions by partition; others keep theirs
   * @param unnamed reason another is not among them, such as "not in the savepoint"
   */
  static PositionPlan of(
      PositionReport report,
      Map<TopicPartition, Long> targets,
      Function<TopicPartition, String> unnamed) {
    PositionPlan plan = new PositionPlan();
    Map<TopicPartition, Long> unknown = new HashMap<>(targets);
    for (PositionStatus input : report.inputs()) {
      Long target = unknown.remove(input.partition());
      if (target == null) {
        keep(input, unnamed.apply(input.partition()), report, plan);
      } else {
        move(input, target, plan);
      }
    }
    new TreeSet<>(unknown.keySet().stream().map(String::valueOf).toList())
        .forEach(partition -> plan.refuse("%s: no input topic has that partition", partition));
    return plan;
  }

  private static void move(PositionStatus input, long target, PositionPlan plan) {
    TopicPartition partition = input.partition();
    if (target < input.begin() || target > input.end()) {
      plan.refuse(
          "%s: %d is outside the partition, which has %d to %d",
          partition, target, input.begin(), input.end());
    } else if (input.kind() == PositionKind.CREATED_ANEW) {
      plan.commit(
          partition, target, input.position() + " on the topic that was deleted → " + target);
    } else {
      plan.move(partition, input.position(), target);
    }
  }

  private static void keep(
      PositionStatus input, String unnamed, PositionReport report, PositionPlan plan) {
    TopicPartition partition = input.partition();
    Long start = input.start();
    if (input.position() != null) {
      String refused = input.problem() == null ? "" : ", and a start is refused there";
      plan.leave(partition, input.position() + " stays (" + unnamed + ")" + refused);
    } else if (start != null && AdoptPlan.isAdded(input, report.inputs())) {
      plan.move(partition, null, start);
    } else if (start != null && report.hasMarkers()) {
      plan.leave(partition, "none stays (" + unnamed + "), and a start begins at " + start);
    } else {
      plan.refuse(
          "%s: has no position, and none is given (%s); set it with offset: as %s:%d=OFFSET, or *=OFFSET for every partition not named",
          partition, unnamed, partition.topic(), partition.partition());
    }
  }

  private SetPlan() {}
}
