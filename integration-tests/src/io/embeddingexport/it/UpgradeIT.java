package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job stopped with a savepoint goes on from it, at any parallelism, and forgets no version. */
@ExtendWith(SharedBroker.class)
class UpgradeIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int ROUND = 500;

  private final Kafka kafka;
  private String input;
  private String output;
  private int sent;

  UpgradeIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void givenSavepointsThenTheJobGoesOnAtAnotherParallelismAndTheVersionNeverFalls(
      @TempDir Path directory) throws Exception {
    input = kafka.createTopic("events", 4);
    output = kafka.createTopic("records", 2);
    Path version1 = Events.write(directory.resolve("1"), Events.keyConfig("m", 1, 71));
    Path version2 = Events.write(directory.resolve("2"), Events.keyConfig("m", 2, 72));
    Map<String, String> options =
        ExportJob.options(kafka, input, output, kafka.createTopic("letters", 1), version1);
    try (FlinkCluster cluster = FlinkCluster.start(1, 3, 0)) {
      String savepoint = round(cluster, options, null, 2, directory);

      options.put("key-config.files", version2.toString());
      savepoint = round(cluster, options, savepoint, 3, directory);

      options.put("key-config.files", version1.toString());
      savepoint = round(cluster, options, savepoint, 1, directory);

      options.put("key-config.files", version2.toString());
      round(cluster, options, savepoint, 2, directory);
    }

    List<ConsumerRecord<byte[], byte[]>> records = kafka.committed(output);
    assertThat(records.stream().map(record -> (int) Events.firstFloat(record.value())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).boxed().toList());
    assertThat(records)
        .allSatisfy(
            record -> {
              float number = Events.firstFloat(record.value());
              int version = number < ROUND ? 1 : 2;
              assertThat(record.value()).isEqualTo(Events.record(70 + version, number, 0));
              assertThat(Origin.of(record.headers()).keyConfigVersion()).isEqualTo(version);
            });
  }

  /** Exports some events, half of them committed by checkpoints, and stops with a savepoint. */
  private String round(
      FlinkCluster cluster,
      Map<String, String> options,
      String savepoint,
      int parallelism,
      Path directory)
      throws Exception {
    options.put("flink.parallelism.default", String.valueOf(parallelism));
    try (ExportJob job = ExportJob.start(cluster, options, savepoint)) {
      send(ROUND / 2);
      job.awaitCheckpoints(1);
      send(ROUND / 2);
      kafka.awaitCommitted(output, sent);
      return job.stopWithSavepoint(directory.resolve("savepoints"));
    }
  }

  private void send(int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = sent; i < sent + count; i++) {
      messages.add(Events.message(input, "k" + i % 20, Events.event("m", i % 20, i, 0)));
    }
    sent += count;
    kafka.send(messages);
  }
}
