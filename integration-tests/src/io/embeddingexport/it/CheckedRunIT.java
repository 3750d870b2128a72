package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.audit.Anomaly;
import io.embeddingexport.audit.Report;
import io.embeddingexport.consumer.DuplicateFilter;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FlinkCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The job under kills and changing key configs, judged by the checker that shares no code with it;
 * and the same without exactly-once, in which the checker must find what is doubled.
 */
@ExtendWith(SharedBroker.class)
class CheckedRunIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int A_STEP = 8_000;
  private static final int KILLS = 3;

  private final CheckedTraffic traffic;
  private final Map<String, String> options = new HashMap<>();

  CheckedRunIT(Kafka kafka) {
    traffic = new CheckedTraffic(kafka);
    options.putAll(ExportJob.timing());
    options.putAll(traffic.options());
  }

  @AfterEach
  void closeTraffic() {
    traffic.close();
  }

  @Test
  void givenKillsAndNewVersionsThenTheCheckerFindsNothing() throws Exception {
    Report report = run();

    assertThat(report.first()).isEmpty();
    assertThat(report.outcomes()).isEqualTo(traffic.sent());
    assertThat(report.letters()).isPositive();
    assertThat(report.tombstones()).isPositive();
  }

  /** What the checker is there for: the same kills, and no transactions. */
  @Test
  void givenOnlyAtLeastOnceThenTheCheckerFindsWhatIsDoubledAndNothingLost() throws Exception {
    options.put("output.delivery-guarantee", "at-least-once");
    options.put("flink.execution.checkpointing.interval", "2 s");

    Report report = run();

    assertThat(report.counts())
        .containsKey(Anomaly.Kind.DUPLICATE)
        .doesNotContainKeys(
            Anomaly.Kind.LOST, Anomaly.Kind.WRONG_RECORD, Anomaly.Kind.WRONG_LETTER);
    requireThatTheFilterDropsJustTheRepeats();
  }

  private void requireThatTheFilterDropsJustTheRepeats() {
    List<ConsumerRecord<byte[], byte[]>> all = traffic.records();
    DuplicateFilter filter = new DuplicateFilter(1 << 17);
    List<String> first = all.stream().filter(filter::isFirst).map(CheckedRunIT::source).toList();

    assertThat(first)
        .doesNotHaveDuplicates()
        .hasSizeLessThan(all.size())
        .containsAll(all.stream().map(CheckedRunIT::source).toList());
  }

  private static String source(ConsumerRecord<byte[], byte[]> message) {
    return new String(message.headers().lastHeader(Origin.HEADER).value(), UTF_8);
  }

  private Report run() throws Exception {
    traffic.publish(1);
    try (FlinkCluster cluster = FlinkCluster.start(2, 1, 0);
        ExportJob job = ExportJob.start(cluster, options)) {
      for (int kill = 0; kill < KILLS; kill++) {
        traffic.send(A_STEP);
        job.awaitCheckpoints(1);
        traffic.check();
        traffic.publish(2 + kill);
        traffic.send(A_STEP);
        cluster.replaceTaskManager(kill);
        job.awaitRestarts(kill + 1);
      }
      traffic.awaitAll();
      job.awaitCheckpoints(1);
    }
    return traffic.finish();
  }
}
