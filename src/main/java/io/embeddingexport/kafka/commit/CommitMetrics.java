package io.embeddingexport.kafka.commit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what became of commits that were not just done. */
final class CommitMetrics {
  private final Counter repeated;
  private final Counter lost;
  private final Counter undecided;

  CommitMetrics(MetricGroup group) {
    MetricGroup ours = group.addGroup("embeddingExport");
    repeated = ours.counter("commitsRepeated");
    lost = ours.counter("commitsLost");
    undecided = ours.counter("commitsUndecided");
  }

  void repeated() {
    repeated.inc();
  }

  void count(LostCommit commit) {
    (commit.certain() ? lost : undecided).inc();
  }
}
