package io.embeddingexport.chaos.run;

import static org.awaitility.Awaitility.await;

import io.embeddingexport.audit.Report;
import io.embeddingexport.chaos.check.BrokerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The end of a run: traffic stops, all comes out, the job is stopped, and everything is read once
 * more by a reader that saw nothing of the run.
 *
 * @param transactionalIds how many of the job the brokers know
 */
record Conclusion(Report report, int transactionalIds) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration AT_REST = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);

  static Conclusion of(Rig rig) throws Exception {
    rig.configs.quiesce();
    rig.traffic.quiesce();
    awaitOutputs(rig);
    rig.job.stopWithSavepoint();
    List<TopicPartition> outputs = rig.topics.outputPartitions();
    try (Admin admin = rig.clients.admin()) {
      BrokerLook look = new BrokerLook(admin, RunPlan.PREFIX);
      BrokerState state = look.atRest(outputs, AT_REST);
      rig.watch.finish();
      readAgain(rig, outputs);
      return new Conclusion(rig.watch.judge(state), look.known().size());
    }
  }

  private static void awaitOutputs(Rig rig) {
    long sent = rig.traffic.next();
    try {
      await("all outputs")
          .atMost(PATIENCE)
          .pollInterval(POLL)
          .until(() -> rig.watch.isComplete(sent));
    } catch (ConditionTimeoutException missing) {
      // The checker says what is lost.
    }
  }

  private static void readAgain(Rig rig, List<TopicPartition> outputs) {
    try (Consumer<byte[], byte[]> fresh = rig.clients.committedReader(outputs)) {
      Map<TopicPartition, Long> ends = fresh.endOffsets(outputs);
      while (ends.entrySet().stream()
          .anyMatch(end -> fresh.position(end.getKey()) < end.getValue())) {
        fresh.poll(POLL).forEach(rig.watch::readAgain);
      }
    }
  }
}
