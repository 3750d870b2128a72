package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.CheckpointDisk;
import io.embeddingexport.chaos.cluster.Clocks;
import io.embeddingexport.chaos.cluster.ClusterNode;
import io.embeddingexport.chaos.cluster.Network;
import io.embeddingexport.chaos.cluster.Permissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cluster whose job is observed. */
record ObservedCluster(ChaosCluster cluster, ObservedJob job) implements ChaosCluster {
  @Override
  public List<ClusterNode> brokers() {
    return cluster.brokers();
  }

  @Override
  public ClusterNode zooKeeper() {
    return cluster.zooKeeper();
  }

  @Override
  public List<ClusterNode> jobManagers() {
    return cluster.jobManagers();
  }

  @Override
  public ClusterNode leadingJobManager() {
    return cluster.leadingJobManager();
  }

  @Override
  public List<ClusterNode> taskManagers() {
    return cluster.taskManagers();
  }

  @Override
  public Optional<Network> network() {
    return cluster.network();
  }

  @Override
  public Optional<CheckpointDisk> disk() {
    return cluster.disk();
  }

  @Override
  public Optional<Clocks> clocks() {
    return cluster.clocks();
  }

  @Override
  public List<String> missing() {
    return cluster.missing();
  }

  @Override
  public Map<String, Object> clientProperties() {
    return cluster.clientProperties();
  }

  @Override
  public Permissions permissions() {
    return cluster.permissions();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
