package io.embeddingexport.kafka.commit;

/** What happens when a transaction that should be committed is not, or may not be. */
public enum CommitFailure {
  /** The job fails and is not restarted: someone has to decide. */
  FAIL,

  /** It is logged and counted, and the job goes on without what the transaction held. */
  ALARM
}
