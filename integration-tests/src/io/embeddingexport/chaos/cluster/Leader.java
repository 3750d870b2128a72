package io.embeddingexport.chaos.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.embeddingexport.chaos.cluster.FlinkProcesses.JobManager;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.KeeperException;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.Watcher;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.data.Stat;

/** Finds out which JobManager leads: ZooKeeper has its address. */
final class Leader {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SESSION_MILLIS = 6_000;

  /** What Flink writes there is serialized, the address plain text within it. */
  private static final String DISPATCHER = "/flink/chaos/leader/dispatcher/connection_info";

  private final String zooKeeper;
  private final List<JobManager> jobManagers;

  Leader(String zooKeeper, List<JobManager> jobManagers) {
    this.zooKeeper = zooKeeper;
    this.jobManagers = List.copyOf(jobManagers);
  }

  /** Waits until one leads that runs. */
  ClusterNode await() {
    return org.awaitility.Awaitility.await("a JobManager to lead")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(this::now, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<ClusterNode> now() throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    try (var client =
        new org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.ZooKeeper(
            zooKeeper,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
              }
            })) {
      if (!connected.await(2, TimeUnit.SECONDS)) {
        return Optional.empty();
      }
      Stat stat = new Stat();
      String written = new String(client.getData(DISPATCHER, false, stat), ISO_8859_1);
      return jobManagers.stream()
          .filter(
              each -> written.contains("@" + each.node().address() + ":" + each.rpcPort() + "/"))
          // The address of one that was killed stays until its session ends; it may be up again.
          .filter(each -> each.node().runsSinceBefore(stat.getMtime()))
          .map(JobManager::node)
          .<ClusterNode>map(node -> node)
          .findFirst();
    } catch (IOException | KeeperException noneNow) {
      return Optional.empty();
    }
  }
}
