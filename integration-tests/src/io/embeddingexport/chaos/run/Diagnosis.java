package io.embeddingexport.chaos.run;

import io.embeddingexport.chaos.cluster.ClusterNode;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** What can be seen of a system that does not work. */
final class Diagnosis {
  private static final int LINES = 15;

  private Diagnosis() {}

  static String of(Rig rig) {
    return Stream.concat(
            Stream.of(
                "job: " + tried(() -> rig.job.status().toString()),
                "open transactions: " + tried(() -> openTransactions(rig))),
            nodes(rig).stream().map(Diagnosis::node))
        .collect(Collectors.joining("\n"));
  }

  private static List<ClusterNode> nodes(Rig rig) {
    return Stream.of(
            rig.cluster.brokers(),
            List.of(rig.cluster.zooKeeper()),
            rig.cluster.jobManagers(),
            rig.cluster.taskManagers())
        .flatMap(List::stream)
        .toList();
  }

  private static String node(ClusterNode node) {
    return node.name()
        + (node.isRunning() ? " runs, and has last said:" : " does not run, and has last said:")
        + node.lastLines(LINES).stream().map(line -> "\n    " + line).collect(Collectors.joining());
  }

  private static String openTransactions(Rig rig) {
    try (Admin admin = rig.clients.admin()) {
      return new BrokerLook(admin, RunPlan.PREFIX).open().toString();
    } catch (Exception e) {
      return "unknown: " + e;
    }
  }

  private static String tried(Supplier<String> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return "unknown: " + e;
    }
  }
}
