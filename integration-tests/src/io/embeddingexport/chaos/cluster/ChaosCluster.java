package io.embeddingexport.chaos.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All processes of a run, its topics' brokers and the job on them. Closing ends and deletes all.
 */
public interface ChaosCluster extends AutoCloseable {
  /** Three, in the order of their ids, which are 1 to 3; each is broker and controller. */
  List<ClusterNode> brokers();

  ClusterNode zooKeeper();

  /** Two: one leads, the other stands by. */
  List<ClusterNode> jobManagers();

  /** The one that leads, as ZooKeeper or a REST endpoint says; waits until one does. */
  ClusterNode leadingJobManager();

  List<ClusterNode> taskManagers();

  /** Empty where no network namespaces can be made; {@link #missing()} says why. */
  Optional<Network> network();

  /** Empty where nothing can be mounted. */
  Optional<CheckpointDisk> disk();

  /** Empty where there is no libfaketime. */
  Optional<Clocks> clocks();

  /** What this machine does not allow, and why, a line each. */
  List<String> missing();

  /** Client properties of a user who may do everything, {@code bootstrap.servers} among them. */
  Map<String, Object> clientProperties();

  /** What the job's user may do on the brokers. */
  Permissions permissions();

  /** The job, as {@code flink run} and the REST API see it. */
  SubmittedJob job();

  @Override
  void close();
}
