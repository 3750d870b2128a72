package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.SubmittedJob;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Somebody resets the group's offsets while the job is stopped. A start must be refused that names
 * each of these partitions, and must change nothing. Then this fault takes its own deed back: it
 * writes the positions as they were, with their metadata, and the job is started again.
 *
 * @param number of the partition that is reset; negative: all of the input topic
 * @param end whether they are reset to their ends, else to their first messages
 * @param state whether the job is started from its savepoint, else without state
 */
record GroupReset(int number, boolean end, boolean state, int parallelism) implements Fault {
  @Override
  public FaultClass kind() {
    return FaultClass.GROUP_RESET;
  }

  @Override
  public void happen(Stage stage) throws InterruptedException {
    SubmittedJob job = stage.cluster().job();
    new JobWatch(stage).awaitWorking("the job works before its group is reset");
    List<TopicPartition> partitions = partitions(stage.inputs());
    try (GroupPositions group =
        new GroupPositions(stage.cluster().clientProperties(), stage.group())) {
      String savepoint = job.stopWithSavepoint();
      Map<TopicPartition, OffsetAndMetadata> before = group.read();
      before.keySet().retainAll(partitions);
      Map<TopicPartition, OffsetAndMetadata> reset = new HashMap<>();
      group
          .ends(partitions, end ? OffsetSpec.latest() : OffsetSpec.earliest())
          .forEach((partition, offset) -> reset.put(partition, new OffsetAndMetadata(offset)));
      try {
        group.write(reset);
        submit(job, savepoint);
        requireRefused(stage, reset);
        requireUntouched(group.read(), reset);
      } finally {
        group.write(before);
      }
      submit(job, savepoint);
    }
  }

  private List<TopicPartition> partitions(List<TopicPartition> inputs) {
    return number < 0 ? inputs : List.of(inputs.get(number % inputs.size()));
  }

  private void submit(SubmittedJob job, String savepoint) {
    if (state) {
      job.restore(savepoint, parallelism);
    } else {
      job.start(parallelism);
    }
  }

  private static void requireRefused(Stage stage, Map<TopicPartition, OffsetAndMetadata> reset) {
    Status refused =
        new JobWatch(stage).await("a start from a reset group is refused", JobWatch::hasFailed);
    String why = String.valueOf(refused.failure());
    reset.forEach(
        (partition, offset) -> {
          String named =
              partition.topic()
                  + " partition "
                  + partition.partition()
                  + ": offset "
                  + offset.offset();
          if (!why.contains(named)) {
            throw new FaultException("the refusal does not say '" + named + "': " + why);
          }
        });
    stage.say("refused: " + JobWatch.reason(refused));
  }

  private static void requireUntouched(
      Map<TopicPartition, OffsetAndMetadata> now, Map<TopicPartition, OffsetAndMetadata> reset) {
    reset.forEach(
        (partition, offset) -> {
          OffsetAndMetadata found = now.get(partition);
          if (found == null || found.offset() != offset.offset() || !found.metadata().isEmpty()) {
            throw new FaultException(
                "the refused start has committed " + found + " of " + partition);
          }
        });
  }

  @Override
  public String toString() {
    return "the group's offset of "
        + (number < 0 ? "every input partition" : "input partition " + number)
        + " is set to its "
        + (end ? "end" : "beginning")
        + " while the job is stopped; then started "
        + (state ? "from its savepoint" : "without state")
        + " with parallelism "
        + parallelism;
  }
}
