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
  CONFIG_STORM,
  CONFIG_TOPIC_RESET,
  RESCALE,
  UPGRADE,
  /** Down for longer than the transaction timeout, with transactions not yet committed. */
  LONG_OUTAGE,
  /** Another job with the same transactional id prefix. */
  SAME_PREFIX,
  REVOKED_PERMISSION,
  CLOCK_JUMP
}
