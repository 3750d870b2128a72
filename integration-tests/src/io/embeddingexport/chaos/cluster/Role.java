package io.embeddingexport.chaos.cluster;

/** What a process of the system under test is. */
public enum Role {
  BROKER,
  ZOOKEEPER,
  JOB_MANAGER,
  TASK_MANAGER
}
