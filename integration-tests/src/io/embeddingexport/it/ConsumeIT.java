package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.cli.ConsumeCommand;
import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.consume.TwmlPipeReader;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.thrift.DataRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code consume} on a real broker, read as twml reads it. */
@ExtendWith({ThreadLeakCheck.class, SharedBroker.class})
class ConsumeIT {
  /** What the processes of a test write to standard error. */
  @TempDir private Path directory;

  private final Kafka kafka;
  private final String topic;
  private final String group;

  ConsumeIT(Kafka kafka) {
    this.kafka = kafka;
    this.topic = kafka.createTopic("records", 1);
    this.group = kafka.newName("trainers");
  }

  @Test
  void twmlsReaderGetsEachCommittedRecordOnceAlsoFromTheNextProcess() throws Exception {
    List<DataRecord> first = records(0, 300);
    List<DataRecord> then = records(300, 500);
    transaction(first, true);
    kafka.send(List.of(new ProducerRecord<>(topic, new byte[] {1}, null)));
    transaction(records(900, 950), false);

    Process process = start();
    TwmlPipeReader reader = new TwmlPipeReader(process.getInputStream());
    assertThat(read(reader, first.size())).isEqualTo(first);
    await("the position at the end of the topic")
        .atMost(Kafka.PATIENCE)
        .until(() -> committed() == end());
    // Unlike the process's own method, that of its handle leaves the pipe open.
    process.toHandle().destroy();
    assertEnds(process);
    assertThat(reader.next()).as("what follows the last record").isNull();

    transaction(then, true);
    process = start();
    reader = new TwmlPipeReader(process.getInputStream());
    assertThat(read(reader, then.size())).isEqualTo(then);

    // A closed pipe shows itself when the next record is written.
    process.getInputStream().close();
    transaction(records(500, 501), true);
    assertEnds(process);
  }

  @Test
  void givenACountThenTheNextProcessGoesOnBehindIt() throws Exception {
    kafka.send(IntStream.range(0, 5).mapToObj(i -> message(bytes(record(i)))).toList());

    assertThat(consume("--separator", "ff", "--count", "2").out())
        .isEqualTo(hex(record(0)) + "ff" + hex(record(1)) + "ff");
    assertThat(consume("--separator", "ff", "--count", "3").out())
        .isEqualTo(hex(record(2)) + "ff" + hex(record(3)) + "ff" + hex(record(4)) + "ff");
    assertThat(committed()).isEqualTo(5);
  }

  @Test
  void givenAValueThatIsNoRecordThenItIsNamedWithTheCommandThatPassesOverIt() {
    kafka.send(
        List.of(message(bytes(record(0))), message(new byte[] {0, 1}), message(bytes(record(2)))));

    for (int time = 0; time < 2; time++) {
      Result result = consume("--separator", "twml");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err().lines())
          .singleElement()
          .asString()
          .startsWith(
              "error: "
                  + topic
                  + ":0:1: a value of 2 bytes is no DataRecord: byte 1: 1 bytes follow the stop"
                  + " byte; to pass over it: kafka-consumer-groups.sh ")
          .endsWith(
              " --group "
                  + group
                  + " --topic "
                  + topic
                  + ":0 --reset-offsets --to-offset 2 --execute");
      assertThat(result.out()).hasSize(time == 0 ? 2 * 8192 : 0);
    }
  }

  @Test
  void givenRecordsThatWereDeletedUnreadThenTheLossIsSaidWithTheCommandThatGoesOn()
      throws Exception {
    kafka.send(IntStream.range(0, 5).mapToObj(i -> message(bytes(record(i)))).toList());
    consume("--separator", "ff", "--count", "2");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }

    Result result = consume("--separator", "ff");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith(
            "error: %s:0: group %s comes to offset 2, but the partition has 4 to 5: records were deleted before it read them, or the topic is a new one; to go on with what is there: kafka-consumer-groups.sh "
                .formatted(topic, group))
        .endsWith(" --topic " + topic + ":0 --reset-offsets --to-earliest --execute");
    assertThat(result.out()).isEmpty();
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void givenARecordWithTheSeparatorInItThenItIsNamedAndNotWritten() {
    kafka.send(List.of(message(bytes(record(0)))));

    Result result = consume("--separator", "0d0007");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith(
            "error: " + topic + ":0:0: the separator 0d0007 begins at byte 0 of the record");
    assertThat(result.out()).isEmpty();
  }

  private record Result(int exitCode, String out, String err) {}

  /**
   * Runs the command in this process.
   *
   * @return with its output in hex
   */
  private Result consume(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(topic, "-b", kafka.bootstrapServers(), "--group", group));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new ConsumeCommand(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Result(exitCode, HexFormat.of().formatHex(out.toByteArray()), err.toString());
  }

  /** The command in a process of its own, which writes to a pipe. */
  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "consume",
            topic,
            "-b",
            kafka.bootstrapServers(),
            "--group",
            group,
            "--separator",
            "twml")
        .redirectError(ProcessBuilder.Redirect.appendTo(err().toFile()))
        .start();
  }

  private Path err() {
    return directory.resolve("err");
  }

  private void assertEnds(Process process) throws Exception {
    assertThat(process.waitFor(Kafka.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(err()).content().doesNotContain("error: ");
  }

  /** Sends them in a transaction, which is committed or aborted. */
  private void transaction(List<DataRecord> records, boolean commit) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      records.forEach(record -> producer.send(message(bytes(record))));
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.flush();
        producer.abortTransaction();
      }
    }
  }

  private List<DataRecord> read(TwmlPipeReader reader, int count) throws Exception {
    List<DataRecord> records = new ArrayList<>();
    while (records.size() < count) {
      byte[] bytes = reader.next();
      assertThat(bytes).as("record %d; %s", records.size(), Files.readString(err())).isNotNull();
      DataRecord record = new DataRecord();
      new TDeserializer().deserialize(record, bytes);
      records.add(record);
    }
    return records;
  }

  private static List<DataRecord> records(int from, int to) {
    return IntStream.range(from, to).mapToObj(ConsumeIT::record).toList();
  }

  /** Records of different lengths, of one block to four. */
  private static DataRecord record(int number) {
    ByteBuffer blob = ByteBuffer.allocate(Integer.BYTES + 97 * number % 30_000).putInt(0, number);
    return new DataRecord().setBlobFeatures(Map.of(7L, blob));
  }

  private static byte[] bytes(DataRecord record) {
    try {
      return new TSerializer().serialize(record);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(DataRecord record) {
    return HexFormat.of().formatHex(bytes(record));
  }

  private ProducerRecord<byte[], byte[]> message(byte[] value) {
    return new ProducerRecord<>(topic, value);
  }

  private long committed() {
    return new GroupOffsets(kafka, group).of(topic).getOrDefault(0, 0L);
  }

  private long end() {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (var consumer = kafka.consumer()) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }
}
