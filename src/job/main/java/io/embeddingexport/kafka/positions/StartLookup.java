package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Finds where partitions start. Thread-safe; blocks as long as the brokers take. */
public interface StartLookup {

  /**
   * The start of every partition.
   *
   * @param topics their state when the starts were found
   */
  record Starts(Map<String, TopicState> topics, Map<TopicPartition, Start> starts) {}

  /**
   * The start of every partition, when all slots start.
   *
   * @param known topics for which the group had positions, according to a checkpoint
   * @throws StartRefusedException if the job must not start
   */
  Starts all(int parallelism, Set<String> known) throws InterruptedException;

  /** The starts of some partitions, when the slot that reads them restarts. */
  Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException;

  /** The starts of partitions found while the job runs. */
  Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException;

  /**
   * The current topics, while the job runs.
   *
   * @throws StartRefusedException if another run has taken over: a job without output would not
   *     notice otherwise
   */
  Map<String, TopicState> topics() throws InterruptedException;
}
