package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.TooManyRejectsException;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job that rejects too much stops itself, and loses nothing. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class RejectBrakeIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  @TempDir private Path directory;

  RejectBrakeIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @Test
  void givenTooManyRejectsThenTheJobFailsAfterACommitAndLaterGoesOn() throws Exception {
    String input = kafka.createTopic("events", 2);
    String output = kafka.createTopic("records", 1);
    String letters = kafka.createTopic("letters", 1);
    Path wrong =
        Events.write(directory.resolve("1"), Events.keyConfig("m", 1, 7).replace("[2]", "[3]"));
    Map<String, String> options = ExportJob.options(kafka, input, output, letters, wrong);
    options.put("reject-brake.percent", "10");
    options.put("reject-brake.min-inputs", "50");
    send(input, 0, 200);
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FAILED);
      assertThat(
              ExceptionUtils.findThrowable(job.progress().failure(), TooManyRejectsException.class))
          .hasValueSatisfying(
              e ->
                  assertThat(e)
                      .hasMessageContaining("inputs of model 'm', ")
                      .hasMessageContaining("most for the reason shape"));
      assertThat(job.progress().restarts()).isZero();
    }
    int rejected = kafka.committed(letters).size();
    assertThat(rejected).isBetween(50, 200);

    send(input, 200, 300);
    Path right = Events.write(directory.resolve("2"), Events.keyConfig("m", 2, 7));
    options.put("key-config.files", right.toString());
    options.put("input.until", "latest");
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FINISHED);
    }
    assertThat(kafka.committed(letters)).hasSize(rejected);
    assertThat(kafka.committed(output)).hasSize(300 - rejected);
  }

  private void send(String topic, int from, int to) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      messages.add(Events.message(topic, "k" + i, Events.event("m", i, i, 0)));
    }
    kafka.send(messages);
  }
}
