package io.embeddingexport.job.checks;

import org.apache.kafka.common.acl.AclOperation;

/** The job's use of a topic. */
enum TopicRole {
  INPUT("input", false),
  KEY_CONFIGS("key-config", false),
  RECORDS("output", true),
  DEAD_LETTERS("dead-letter", true),
  /** The brokers' own topic of transaction states. */
  TRANSACTION_LOG("transaction state", true);

  private final String title;
  private final boolean written;

  TopicRole(String title, boolean written) {
    this.title = title;
    this.written = written;
  }

  /** As in "the … topic". */
  String title() {
    return title;
  }

  /** Whether the job needs it to take writes. */
  boolean isWritten() {
    return written;
  }

  /** The least the job must be allowed there. */
  AclOperation operation() {
    return written ? AclOperation.WRITE : AclOperation.READ;
  }
}
