package io.embeddingexport.chaos.fault;

/** Kinds of fault. */
public enum FaultClass {
  KILL_TASK_MANAGER,
  KILL_JOB_MANAGER,
  KILL_BROKER,
  KILL_TASK_AND_JOB_MANAGER,
  KILL_TASK_MANAGER_AND_BROKER,
  /** SIGSTOP for less than heartbeats and sessions allow. */
  SHORT_FREEZE,
  /** SIGSTOP for longer. */
  LONG_FREEZE,
  ROLLING_BROKER_RESTART,
  TWO_BROKERS_DOWN,
  NETWORK_CUT,
  NETWORK_LOSS,
  SLOW_BROKER,
  CHECKPOINT_DISK_FULL,
  CHECKPOINT_DISK_READ_ONLY,
  CHECKPOINT_DISK_GONE,
  CORRUPT_CHECKPOINT,
  DELETED_CHECKPOINT,
  /** A start from a checkpoint or savepoint that is several checkpoints old. */
  OLD_CHECKPOINT,
  /** A start without checkpoint or savepoint, after a cancel or a death. */
  NO_STATE,
  CONFIG_STORM,
  CONFIG_TOPIC_RESET,
  RESCALE,
  UPGRADE,
  /** SIGSTOP for longer than heartbeats allow; meanwhile the job goes on elsewhere. */
  FREEZE_AND_RESCALE,
  /** Down for longer than the transaction timeout, with transactions not yet committed. */
  LONG_OUTAGE,
  /** Another producer with the job's transactional ids. */
  SAME_PREFIX,
  /** The same job submitted once more while it runs. */
  SECOND_JOB,
  /** The offsets of the job's group are reset while it is down. */
  GROUP_RESET,
  REVOKED_PERMISSION,
  CLOCK_JUMP
}
