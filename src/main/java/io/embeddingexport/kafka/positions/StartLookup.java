package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Finds out where partitions start. Thread-safe; blocks for as long as the brokers take. */
public interface StartLookup {

  /**
   * Where every partition starts.
   *
   * @param topics as they were when the starts were found
   */
  record Starts(Map<String, TopicState> topics, Map<TopicPartition, Start> starts) {}

  /**
   * Where every partition starts, at the start of all slots.
   *
   * @param hadPositions whether the group is known to have had positions before
   * @throws StartRefusedException if the job must not start
   */
  Starts all(int parallelism, boolean hadPositions) throws InterruptedException;

  /** Where some partitions go on, at the restart of the slot that reads them. */
  Map<TopicPartition, Start> ofSlot(
      int subtask, Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException;

  /** Where partitions start that were found while the job runs. */
  Map<TopicPartition, Start> added(Collection<TopicPartition> partitions, int parallelism)
      throws InterruptedException;

  /** The topics as they are. */
  Map<String, TopicState> topics() throws InterruptedException;
}
