package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.it.BrokerProcess;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar, {@code flink-conf} and a broker as a user has them: nothing of the test's inside.
 */
@ExtendWith(ThreadLeakCheck.class)
class StandaloneClusterIT {
  private static final String EVENTS = "embedding-events";
  private static final String RECORDS = "data-records";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final long KEY = -1887718638306251279L;
  private static final String JOB_JAR = System.getProperty("job.jar");

  @TempDir private Path directory;

  @Test
  void givenAStandaloneClusterWhenTheJobIsStoppedAndResumedThenEveryEventIsOneRecord()
      throws Exception {
    try (BrokerProcess broker = BrokerProcess.start();
        StandaloneCluster cluster = StandaloneCluster.start(directory)) {
      createTopics(broker);
      Path options = writeOptions(broker);

      send(broker, 0, 2_000);
      String job = jobId(cluster.flink("run", "-d", JOB_JAR, "--config", options.toString()));
      awaitRecords(broker, 2_000, cluster);
      String savepoint = savepoint(cluster.flink("stop", job));

      send(broker, 2_000, 3_000);
      String resumed =
          jobId(
              cluster.flink("run", "-d", "-s", savepoint, JOB_JAR, "--config", options.toString()));
      awaitRecords(broker, 3_000, cluster);
      cluster.flink("stop", resumed);

      assertThat(entities(read(broker, RECORDS)))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 3_000).boxed().toList());
      assertThat(read(broker, DEAD_LETTERS))
          .hasSize(2)
          .allSatisfy(letter -> assertThat(header(letter, "ee.reason")).isEqualTo("undecodable"));
      // Flink drops a job's classes while the job's Kafka clients still close: harmless, and a
      // race.
      assertThat(cluster.logs().lines())
          .filteredOn(line -> line.contains(" ERROR "))
          .allMatch(line -> line.contains("] - Failed to close "));
    }
  }

  @Test
  void givenTheCommandOfComposeWhenRunInApplicationModeThenItExportsToTheEnd() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start()) {
      createTopics(broker);
      Path options = writeOptions(broker);
      send(broker, 0, 500);

      List<String> arguments = new ArrayList<>();
      for (String word : composeCommand()) {
        arguments.add(
            word.equals("/opt/embedding-export/embedding-export.yaml") ? options.toString() : word);
      }
      assertThat(arguments.remove(0)).isEqualTo("standalone-job");
      assertThat(arguments).contains(options.toString());
      arguments.addAll(List.of("--until", "latest"));
      StandaloneCluster.runApplication(directory, Path.of(JOB_JAR), arguments);

      assertThat(entities(read(broker, RECORDS)))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 500).boxed().toList());
    }
  }

  /** Without a savepoint to start from. */
  private static List<String> composeCommand() throws IOException {
    String command =
        new YAMLMapper()
            .readTree(Path.of("docker", "compose.yaml").toFile())
            .at("/services/jobmanager/command")
            .asText();
    return List.of(command.replaceAll("\\$\\{SAVEPOINT.*}} ", "").split(" "));
  }

  private static void createTopics(BrokerProcess broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopics.create(
          admin,
          List.of(
              new NewTopic(EVENTS, 2, (short) 1),
              new NewTopic(RECORDS, 2, (short) 1),
              new NewTopic(DEAD_LETTERS, 1, (short) 1)
                  .configs(Map.of("max.message.bytes", "1114124"))));
    }
  }

  private Path writeOptions(BrokerProcess broker) throws IOException {
    Files.writeString(
        directory.resolve("user.yaml"),
        """
        model: user
        version: 1
        keys:
          - name: embedding
            key: %d
            dtype: float
            shape: [4]
        """
            .formatted(KEY));
    return Files.writeString(
        directory.resolve("options.yaml"),
        """
        kafka.bootstrap-servers: %s
        input.topic: %s
        output.topic: %s
        dead-letter.topic: %s
        key-config.files: [user.yaml]
        # The cluster's 10 s would only make the test wait.
        flink.execution.checkpointing.interval: 1s
        flink.execution.checkpointing.min-pause: 0s
        """
            .formatted(broker.bootstrapServers(), EVENTS, RECORDS, DEAD_LETTERS));
  }

  /** Sends the events of entities {@code from} to {@code to}, and one that is none. */
  private static void send(BrokerProcess broker, long from, long to) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (long entity = from; entity < to; entity++) {
        answers.add(producer.send(new ProducerRecord<>(EVENTS, event(entity))));
      }
      answers.add(producer.send(new ProducerRecord<>(EVENTS, new byte[] {1, 2, 3})));
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
  }

  private static byte[] event(long entity) throws TException {
    RawTypedTensor tensor = new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload(entity)));
    return new TSerializer(new TBinaryProtocol.Factory())
        .serialize(
            new EmbeddingEvent(entity, "user")
                .setTensors(List.of(GeneralTensor.rawTypedTensor(tensor))));
  }

  private static byte[] payload(long entity) {
    ByteBuffer floats = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return floats.putFloat(entity).putFloat(1).putFloat(-2).putFloat(0.5f).array();
  }

  private static void awaitRecords(BrokerProcess broker, int count, StandaloneCluster cluster)
      throws IOException {
    try {
      await(count + " records")
          .atMost(Duration.ofMinutes(4))
          .pollInterval(Duration.ofMillis(500))
          .until(() -> read(broker, RECORDS).size() >= count);
    } catch (ConditionTimeoutException e) {
      String what =
          "%s%n%d records and the dead letters of %s are committed%n%s%nwarned of:%n%s"
              .formatted(
                  e.getMessage(),
                  read(broker, RECORDS).size(),
                  read(broker, DEAD_LETTERS).stream().map(l -> header(l, "ee.reason")).toList(),
                  TopicsSeen.describe(broker, List.of(EVENTS, RECORDS, DEAD_LETTERS)),
                  cluster.warnings());
      throw new AssertionError(what, e);
    }
  }

  /** All of a topic that is committed, from its beginning. */
  private static List<ConsumerRecord<byte[], byte[]>> read(BrokerProcess broker, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long started = System.nanoTime();
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
            .as("time to read to %s, with %d records read", ends, records.size())
            .isLessThan(Duration.ofMinutes(2));
      }
    }
    return records;
  }

  /** The entity of each record, from its key, once its value is what the entity's event says. */
  private static List<Long> entities(List<ConsumerRecord<byte[], byte[]>> records)
      throws TException {
    TDeserializer deserializer = new TDeserializer(new TBinaryProtocol.Factory());
    List<Long> entities = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      long entity = ByteBuffer.wrap(record.key()).getLong();
      DataRecord content = new DataRecord();
      deserializer.deserialize(content, record.value());
      RawTypedTensor expected =
          new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload(entity)));
      expected.addToShape(4);
      assertThat(content)
          .isEqualTo(
              new DataRecord().setTensors(Map.of(KEY, GeneralTensor.rawTypedTensor(expected))));
      entities.add(entity);
    }
    return entities;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String jobId(String printed) {
    return firstGroup("submitted with JobID ([0-9a-f]{32})", printed);
  }

  private static String savepoint(String printed) {
    return firstGroup("Savepoint completed. Path: (\\S+)", printed);
  }

  private static String firstGroup(String regex, String text) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }
}
