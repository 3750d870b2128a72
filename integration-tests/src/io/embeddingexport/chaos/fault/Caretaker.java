package io.embeddingexport.chaos.fault;

import io.embeddingexport.chaos.cluster.ChaosCluster;
import io.embeddingexport.chaos.cluster.ClusterNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Does what a service manager does: starts processes that have ended. Flink counts on one: a
 * JobManager ends itself if it cannot read its checkpoints, a TaskManager if it cannot clean up
 * after a task. Not to be used while a fault keeps a process down.
 */
public final class Caretaker {
  private Caretaker() {}

  /** Names of those it has started. */
  public static List<String> startEnded(ChaosCluster cluster) {
    List<String> started = new ArrayList<>();
    Stream.of(
            Stream.of(cluster.zooKeeper()),
            cluster.brokers().stream(),
            cluster.jobManagers().stream(),
            cluster.taskManagers().stream())
        .flatMap(nodes -> nodes)
        .filter(node -> !node.isRunning())
        .forEach(
            (ClusterNode node) -> {
              node.start();
              started.add(node.name());
            });
    return started;
  }
}
