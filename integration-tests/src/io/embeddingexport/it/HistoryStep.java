package io.embeddingexport.it;

/** What can happen to a job in a history of chance. */
enum HistoryStep {
  /** Stopped with a savepoint, and started again. */
  STOP,
  /** A savepoint is taken, the job goes on, and dies. */
  SAVEPOINT_THEN_KILL,
  /** Cancelled, and started again. */
  CANCEL,
  /** The whole cluster dies, and the job is started again. */
  KILL,
  /** As {@link #KILL}, and the brokers have aborted what was open before the start. */
  LONG_OUTAGE,
  /** A TaskManager dies; Flink restarts what ran on it. */
  KILL_TASK_MANAGER,
  /** The same job is submitted once more while it runs. */
  SECOND_JOB,
  /** The job does not reach the brokers, is started elsewhere, and comes back. */
  FREEZE,
  /** The input topic gets a partition while the job runs. */
  ADD_PARTITION,
  /** The input topic gets a partition while the job is down. */
  ADD_PARTITION_WHILE_DOWN
}
