package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.fault.FaultClass;
import io.embeddingexport.chaos.fault.FaultSchedule;
import io.embeddingexport.job.options.CheckpointTimes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a run is to be.
 *
 * @param time after which no fault begins
 * @param faults after so many neither
 * @param rate inputs a second
 * @param kinds faults of other classes are left out
 * @param atLeastOnce without transactions: a control, in which the checker must find something
 * @param calm the longest time between a recovery and the next fault
 */
record RunPlan(
    long seed,
    Duration time,
    int faults,
    int rate,
    Set<FaultClass> kinds,
    boolean atLeastOnce,
    Duration calm) {
  static final int MODELS = 3;
  static final int ENTITIES = 2_000;
  static final int DIMS = 16;
  static final int TASK_MANAGERS = 3;
  static final int SLOTS = 2;
  static final int PARALLELISM = FaultSchedule.FIRST_PARALLELISM;
  static final String PREFIX = "chaos.";
  static final String GROUP = "chaos";

  private static final CheckpointTimes CHECKPOINTS =
      new CheckpointTimes(Duration.ofSeconds(2), Duration.ofSeconds(30), 1);

  /** What a control does: faults after which inputs are read once more. */
  static final Set<FaultClass> OF_CONTROL =
      EnumSet.of(
          FaultClass.KILL_TASK_MANAGER,
          FaultClass.KILL_JOB_MANAGER,
          FaultClass.KILL_BROKER,
          FaultClass.KILL_TASK_AND_JOB_MANAGER,
          FaultClass.KILL_TASK_MANAGER_AND_BROKER,
          FaultClass.LONG_FREEZE,
          FaultClass.RESCALE);

  RunPlan {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Options of the job that differ from what users get: quicker checkpoints, and restarts that stay
   * quick although one failure follows the other.
   */
  Map<String, String> jobOptions(ChaosTopics topics) {
    Map<String, String> options = new HashMap<>();
    options.put("input.topic", topics.input());
    options.put("input.group-id", GROUP);
    options.put("key-config.topic", topics.configs());
    options.put("output.topic", topics.records());
    options.put("output.delivery-guarantee", guarantee());
    options.put("output.transactional-id-prefix", PREFIX);
    options.put("dead-letter.topic", topics.letters());
    options.put(
        "flink.execution.checkpointing.interval", CHECKPOINTS.interval().toSeconds() + " s");
    options.put("flink.execution.checkpointing.timeout", CHECKPOINTS.timeout().toSeconds() + " s");
    options.put(
        "flink.execution.checkpointing.tolerable-failed-checkpoints",
        Integer.toString(CHECKPOINTS.tolerated()));
    options.put("flink.restart-strategy.exponential-delay.max-backoff", "3 s");
    return options;
  }

  /** What the job computes. */
  Duration transactionTimeout() {
    return CHECKPOINTS.longestTransaction();
  }

  String guarantee() {
    return atLeastOnce ? "at-least-once" : "exactly-once";
  }
}
