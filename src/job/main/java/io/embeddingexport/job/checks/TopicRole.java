package io.embeddingexport.job.checks;

import org.apache.kafka.common.acl.AclOperation;

/** The job's use of a topic. */
enum TopicRole {
  INPUT("input", false),
  KEY_CONFIGS("key-config", false),
  RECORDS("output", true),
  DEAD_LETTERS("dead-letter", true),
  /** The topic of the dead letters that a replay reads. */
  REPLAYED("dead-letter", false),
  /** The brokers' own topic of transaction states. */
  TRANSACTION_LOG("transaction state", true);

  private final String title;
  private final boolean written;

  TopicRole(String title, boolean written) {
    this.title = title;
    this.written = written;
  }

  /** The title, as in "the … topic". */
  String title() {
    return title;
  }

  /** Whether the job writes to it. */
  boolean isWritten() {
    return written;
  }

  /** The minimum permission the job needs there. */
  AclOperation operation() {
    return written ? AclOperation.WRITE : AclOperation.READ;
  }
}
