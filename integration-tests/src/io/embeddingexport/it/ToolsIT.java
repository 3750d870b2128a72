package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Main;
import io.embeddingexport.cli.PeekCommand;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** {@code produce} and {@code peek} on a real broker. */
@ExtendWith(ThreadLeakCheck.class)
class ToolsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The sample key config of users has this key for user_embedding. */
  private static final long USER_EMBEDDING = 7301;

  private static BrokerProcess broker;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"THRIFT", "JSON"})
  void producedEventsAreReadBackAsEventsAndTheSameSeedMakesThemAgain(EventFormat format)
      throws Exception {
    String topic = "events-" + format;
    Result first = produce(topic, format, "--count", "300", "--create", "3", "--entities", "7");
    Result second = produce(topic, format, "--count", "300", "--entities", "7");

    assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
    List<ConsumerRecord<byte[], byte[]>> messages = read(topic, 600);
    EventDecoder decoder = EventInput.of(format).newDecoder();
    List<String> keys = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      assertThat(decoder.decode(message.value())).isInstanceOf(Event.class);
      Event event = (Event) decoder.decode(message.value());
      assertThat(new String(message.key(), UTF_8))
          .isEqualTo(event.model() + ":" + event.entityId());
      assertThat(event.entityId()).isBetween(0L, 6L);
      assertThat(event.eventTimeMillis()).isEqualTo(message.timestamp());
      keys.add(message.partition() + " " + new String(message.key(), UTF_8));
    }
    for (int partition = 0; partition < 3; partition++) {
      String prefix = partition + " ";
      List<String> ofPartition = keys.stream().filter(key -> key.startsWith(prefix)).toList();
      int half = ofPartition.size() / 2;
      assertThat(ofPartition.subList(0, half))
          .isEqualTo(ofPartition.subList(half, ofPartition.size()));
    }
  }

  @Test
  void peekPrintsRecordsTombstonesDeadLettersAndWhatIsNone() throws Exception {
    createTopic("mixed");
    byte[] record = record();
    send(
        message("mixed", "user:1", record).header("ee.origin", "user@1 events:0:7"),
        message("mixed", "user:2", null).header("ee.origin", "events:0:8"),
        message("mixed", null, new byte[100])
            .header("ee.reason", "undecodable")
            .header("ee.detail", "byte 3: it ends")
            .header("ee.topic", "events")
            .header("ee.partition", "2")
            .header("ee.offset", "17"),
        message("mixed", "user:4", new byte[] {0, (byte) 0xff}),
        message("mixed", "user:5", record));

    Result result = peek("mixed", "--until", "latest");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.lines()).hasSize(5);
    JsonNode first = JSON.readTree(result.lines().get(0));
    assertThat(first.get("topic").asText()).isEqualTo("mixed");
    assertThat(first.get("partition").asInt()).isZero();
    assertThat(first.get("offset").asInt()).isZero();
    assertThat(first.get("timestamp").asLong()).isEqualTo(1234);
    assertThat(first.get("key").asText()).isEqualTo("user:1");
    assertThat(first.get("headers").toString()).isEqualTo("{\"ee.origin\":\"user@1 events:0:7\"}");
    assertThat(first.get("record").toString())
        .isEqualTo(
            "{\"discreteFeatures\":{\"5\":-7},\"tensors\":{\"user_embedding\":{\"dtype\":\"FLOAT\","
                + "\"shape\":[10],\"data\":[0.0,0.5,1.0,1.5,2.0,2.5,3.0,3.5,\"… 2 more\"]}}}");
    assertThat(JSON.readTree(result.lines().get(1)).get("tombstone").asBoolean()).isTrue();
    JsonNode deadLetter = JSON.readTree(result.lines().get(2));
    assertThat(deadLetter.get("key").isNull()).isTrue();
    assertThat(deadLetter.get("deadLetter").toString())
        .isEqualTo(
            "{\"reason\":\"undecodable\",\"detail\":\"byte 3: it ends\",\"source\":\"events:2:17\","
                + "\"valueBytes\":100,\"value\":\""
                + "00".repeat(64)
                + "… 36 more bytes\"}");
    JsonNode malformed = JSON.readTree(result.lines().get(3));
    assertThat(malformed.get("error").asText()).isEqualTo("byte 1: 1 bytes follow the stop byte");
    assertThat(malformed.get("reason").asText()).isEqualTo("trailing-bytes");
    assertThat(malformed.get("value").asText()).isEqualTo("00ff");
    // No model header: the name all key configs give the key.
    assertThat(JSON.readTree(result.lines().get(4)).at("/record/tensors/user_embedding").isObject())
        .isTrue();
  }

  @Test
  void peekStatsCountsMessagesAndMeasuresTensorsByModel() throws Exception {
    createTopic("stats");
    byte[] record = record();
    send(
        message("stats", "user:1", record).header("ee.origin", "user@1 events:0:7"),
        message("stats", "user:1", record).header("ee.origin", "user@1 events:0:8"),
        message("stats", "user:2", null),
        message("stats", null, new byte[1]).header("ee.reason", "undecodable"),
        message("stats", "user:4", new byte[] {0, (byte) 0xff}),
        message("stats", "user:5", record));

    Result result = peek("stats", "--stats");

    assertThat(result.exitCode()).as("a value is not a record").isEqualTo(1);
    assertThat(result.lines().get(0))
        .isEqualTo("3 records, 1 tombstones, 1 dead letters, 1 values that are not records");
    assertThat(result.lines().subList(1, 4))
        .extracting(line -> line.replaceAll(" +", " "))
        .containsExactly(
            "MODEL TENSOR COUNT ZERO NON-FINITE NORM MIN MEAN MAX",
            "- user_embedding 1 0 0 8.441 8.441 8.441",
            "user user_embedding 2 0 0 8.441 8.441 8.441");
  }

  @Test
  void peekStartsWhereToldAndStopsAfterCount() throws Exception {
    createTopic("positions");
    send(
        message("positions", "a", null).at(1000),
        message("positions", "b", null).at(2000),
        message("positions", "c", null).at(3000));

    assertThat(keys(peek("positions", "--count", "2"))).containsExactly("a", "b");
    assertThat(keys(peek("positions", "--from", "offset:0=1", "--until", "latest")))
        .containsExactly("b", "c");
    assertThat(keys(peek("positions", "--from", "timestamp:1001", "--count", "1")))
        .containsExactly("b");
    assertThat(keys(peek("positions", "--from", "latest", "--until", "latest"))).isEmpty();
    assertThat(keys(peek("positions", "--from", "offset:0=99", "--until", "latest"))).isEmpty();
    assertThat(keys(peek("positions", "--until", "offset:0=2"))).containsExactly("a", "b");
    assertThat(peek("positions", "--from", "offset:9=1").err())
        .contains("--from: names partition 9 of positions, which is not among those read");
    assertThat(keys(peek("positions", "--until", "timestamp:1001"))).containsExactly("a");
  }

  @Test
  void peekDoesNotShowWhatIsNotCommitted() throws Exception {
    createTopic("transactions");
    Map<String, Object> client =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "tools");
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(message("transactions", "aborted", null).record());
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(message("transactions", "committed", null).record());
      producer.commitTransaction();
    }

    // The coordinator answers before the partition has the marker.
    await("what is committed")
        .atMost(Kafka.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(keys(peek("transactions", "--until", "latest")))
                    .containsExactly("committed"));
  }

  @Test
  void givenAClosedPipeWhenPeekingThenItEndsQuietly() throws Exception {
    createTopic("pipe");
    send(message("pipe", "a", null));
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    StringWriter err = new StringWriter();

    int exitCode =
        new CommandLine(new PeekCommand(closed))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err))
            .execute("pipe", "--bootstrap-servers", broker.bootstrapServers());

    assertThat(exitCode).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void givenEventsThenTheyArePrintedByTheJobsFormat() throws Exception {
    createTopic("said");
    assertThat(produce("said", EventFormat.THRIFT, "--count", "5").exitCode()).isZero();

    Result events = peek("said", "--until", "latest", "--events", "--set", "input.format=thrift");
    assertThat(events.exitCode()).as(events.err()).isZero();
    assertThat(events.lines()).hasSize(5);
    for (String line : events.lines()) {
      assertThat(JSON.readTree(line).at("/event/entityId").isNumber()).as(line).isTrue();
    }

    Result undecodable =
        peek("said", "--until", "latest", "--events", "--set", "input.format=json");
    assertThat(undecodable.exitCode()).isEqualTo(1);
    assertThat(undecodable.lines()).allSatisfy(line -> assertThat(line).contains("\"error\":"));

    assertThat(peek("said", "--events").err())
        .contains("--events: needs --config with input.mapping or input.format, or --mapping");
    assertThat(peek("said", "--events", "--stats").exitCode()).isEqualTo(2);
  }

  @Test
  void givenNoSuchTopicThenBothSayHowToCreateIt() {
    Result produced = produce("nowhere", EventFormat.THRIFT, "--count", "1");
    Result peeked = peek("nowhere", "--until", "latest");

    assertThat(List.of(produced.exitCode(), peeked.exitCode())).containsOnly(1);
    assertThat(List.of(produced.err(), peeked.err()))
        .allSatisfy(
            err ->
                assertThat(err)
                    .contains("topic 'nowhere' does not exist")
                    .contains("--create --topic nowhere")
                    .hasLineCount(1));
  }

  private static Result produce(String topic, EventFormat format, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "produce",
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--format",
                format.name()));
    arguments.addAll(List.of(more));
    StringWriter err = new StringWriter();
    int exitCode =
        Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
    return new Result(exitCode, "", err.toString());
  }

  private static Result peek(String topic, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(topic, "--bootstrap-servers", broker.bootstrapServers()));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new PeekCommand(out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Result(exitCode, out.toString(UTF_8), err.toString());
  }

  private static List<String> keys(Result result) throws IOException {
    assertThat(result.exitCode()).isZero();
    List<String> keys = new ArrayList<>();
    for (String line : result.lines()) {
      keys.add(JSON.readTree(line).get("key").asText());
    }
    return keys;
  }

  /** Discrete feature 5 = -7; tensor 7301 = 0, 0.5, … 4.5. */
  private static byte[] record() throws Exception {
    byte[] payload = new byte[40];
    for (int i = 0; i < 10; i++) {
      int bits = Integer.reverseBytes(Float.floatToIntBits(i / 2f));
      ByteBuffer.wrap(payload).putInt(4 * i, bits);
    }
    RawTypedTensor tensor =
        new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(payload)).setShape(List.of(10L));
    DataRecord record = new DataRecord();
    record.setDiscreteFeatures(Map.of(5L, -7L));
    record.setTensors(Map.of(USER_EMBEDDING, GeneralTensor.rawTypedTensor(tensor)));
    return new TSerializer(new TBinaryProtocol.Factory()).serialize(record);
  }

  private static void createTopic(String name) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic topic = new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "-1"));
      NewTopics.create(admin, List.of(topic));
    }
  }

  private static void send(Message... messages) throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Message message : messages) {
        producer.send(message.record()).get();
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assertThat(consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum())
          .isEqualTo(count);
      while (messages.size() < count) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }

  private static Message message(String topic, String key, byte[] value) {
    return new Message(
        new ProducerRecord<>(topic, 0, 1234L, key == null ? null : key.getBytes(UTF_8), value));
  }

  private record Message(ProducerRecord<byte[], byte[]> record) {
    Message header(String name, String value) {
      record.headers().add(name, value.getBytes(UTF_8));
      return this;
    }

    Message at(long timestamp) {
      return new Message(
          new ProducerRecord<>(record.topic(), 0, timestamp, record.key(), record.value()));
    }
  }

  private record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }
}
