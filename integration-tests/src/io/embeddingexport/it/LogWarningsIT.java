package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** A log in which the same warning comes with every checkpoint hides the one that counts. */
@ExtendWith(SharedBroker.class)
class LogWarningsIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int CHECKPOINTS = 100;
  private static final int PARTITIONS = 4;

  private final Kafka kafka;
  private final String input;
  private final String output;
  private int sent;

  LogWarningsIT(Kafka kafka) {
    this.kafka = kafka;
    input = kafka.createTopic("events", PARTITIONS);
    output = kafka.createTopic("records", PARTITIONS);
  }

  @ParameterizedTest
  @EnumSource(DeliveryGuarantee.class)
  void givenAHundredCheckpointsWithOutputThenNoneOfThemLogsAWarning(
      DeliveryGuarantee guarantee, @TempDir Path directory) throws Exception {
    Path keys = Events.write(directory, Events.keyConfig("m", 1, 7));
    Map<String, String> options =
        ExportJob.options(kafka, input, output, kafka.createTopic("letters", 1), keys);
    options.put("output.delivery-guarantee", guarantee.toString());
    options.put("flink.execution.checkpointing.interval", "50 ms");
    try (FlinkCluster cluster = FlinkCluster.start(1, 2, 0);
        LogWarnings warnings = new LogWarnings();
        ExportJob job = ExportJob.start(cluster, options)) {
      export();
      assertThat(warnings.lines())
          .as("warnings at the start")
          .noneMatch(line -> line.contains("Name collision"));

      int atStart = warnings.lines().size();
      long end = job.progress().checkpoints() + CHECKPOINTS;
      while (job.progress().checkpoints() < end) {
        export();
      }

      assertThat(warnings.lines().stream().skip(atStart))
          .as("warnings in %d checkpoints", CHECKPOINTS)
          .isEmpty();
    }
  }

  /** Without it, the test above might pass because nothing is seen. */
  @Test
  void givenAWarningThroughEitherLoggingApiThenItIsSeen() {
    try (LogWarnings warnings = new LogWarnings()) {
      LoggerFactory.getLogger("org.apache.flink.metrics.MetricGroup").warn("Name {}", "collision");
      LogManager.getLogger("org.apache.kafka.clients").warn("another");

      assertThat(warnings.lines())
          .containsExactly(
              "org.apache.flink.metrics.MetricGroup: Name collision",
              "org.apache.kafka.clients: another");
    }
  }

  /** Sends an event to each partition, so that each subtask has output, and awaits the records. */
  private void export() {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      messages.add(
          new ProducerRecord<>(input, partition, null, Events.event("m", partition, sent, 0)));
      sent++;
    }
    kafka.send(messages);
    kafka.awaitCommitted(output, sent);
  }
}
