package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs examples/java as their first lines say. */
@ExtendWith(SharedBroker.class)
class JavaExamplesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long ITEM_EMBEDDING = 7311;

  @TempDir private Path directory;
  private final Kafka kafka;

  JavaExamplesIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void neighboursFindsTheEntityItselfAndTheOneNextToIt() throws Exception {
    String topic = records();

    Process example = start("Neighbours", kafka.bootstrapServers(), topic, "item:1");

    assertThat(printed(example))
        .hasSize(3)
        .startsWith("1.000  item:1", "0.995  item:2")
        .last()
        .isEqualTo("0.000  item:3");
    assertThat(printed(start("Neighbours", inHeader("Neighbours", Map.of("data-records", topic)))))
        .hasSize(3)
        .first()
        .asString()
        .startsWith("1.000  item:");
  }

  @Test
  void embeddingLengthsWritesTheLengthOfEachItemsEmbedding() throws Exception {
    String topic = records();
    String lengths = kafka.createTopic("embedding-lengths", 1);

    Process example =
        start(
            "EmbeddingLengths",
            inHeader(
                "EmbeddingLengths", Map.of("data-records", topic, "embedding-lengths", lengths)));
    try {
      Map<String, Double> seen = new HashMap<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> message : kafka.committed(lengths)) {
                  seen.put(
                      new String(message.key(), UTF_8),
                      ByteBuffer.wrap(message.value()).getDouble());
                }
                return seen.size() == 3;
              });
      assertThat(seen.get("item:1")).isEqualTo(1);
      assertThat(seen.get("item:2")).isCloseTo(Math.sqrt(1.01), within(1e-6));
      assertThat(seen.get("item:3")).isEqualTo(2);
    } finally {
      example.destroyForcibly().onExit().join();
    }
  }

  @Test
  void recordsInYourJobPrintsTheRecords() throws Exception {
    // meta.user_id: 42; 7301: FLOAT [2], 0.25 and -1.5.
    String record =
        "0d00030a0a00000001e5cd79e667df2df1000000000000002a"
            + "0d00080a0c000000010000000000001c85"
            + "0c000108000100000000"
            + "0b0002000000080000803e0000c0bf"
            + "0f00030a000000010000000000000002"
            + "000000";

    assertThat(printed(start("RecordsInYourJob"))).hasSize(2).contains(record);
  }

  /**
   * Items 1 and 2 are close to each other, and 3 is far; 4 is deleted; one user has no such key.
   */
  private String records() {
    String topic = kafka.createTopic("data-records", 1);
    kafka.send(
        List.of(
            record(topic, "item:1", ITEM_EMBEDDING, 1, 0),
            record(topic, "item:2", ITEM_EMBEDDING, 1, 0.1f),
            record(topic, "item:3", ITEM_EMBEDDING, 0, 2),
            record(topic, "user:1", 7301, 1, 0),
            new ProducerRecord<>(topic, "item:4".getBytes(UTF_8), null)));
    return topic;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, long feature, float... vector) {
    byte[] record = new DataRecordWriter().tensor(feature, Tensor.ofFloats(null, vector)).write();
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), record);
  }

  /** The arguments of the command in the example's header, with this test's topics. */
  private String[] inHeader(String example, Map<String, String> topics) throws IOException {
    String file = Path.of("examples", "java", example + ".java").toString();
    String command =
        Files.readAllLines(Path.of(file)).stream()
            .filter(line -> line.contains("java -cp ") && line.contains(file))
            .findFirst()
            .orElseThrow();
    return Stream.of(command.substring(command.indexOf(file) + file.length() + 1).split(" "))
        .map(word -> word.equals("localhost:9092") ? kafka.bootstrapServers() : topics.get(word))
        .toArray(String[]::new);
  }

  private Process start(String example, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                Path.of("examples", "java", example + ".java").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(directory.resolve("out").toFile())
        .redirectError(directory.resolve("err").toFile())
        .start();
  }

  private List<String> printed(Process example) throws Exception {
    try {
      assertThat(example.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(example.exitValue()).as(Files.readString(directory.resolve("err"))).isZero();
      return Files.readAllLines(directory.resolve("out"));
    } finally {
      example.destroyForcibly().onExit().join();
    }
  }
}
