package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.local.FlinkCluster;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of input becomes: values, keys, headers, timestamps, topics. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class DecisionsIT {
  private final Kafka kafka;
  private final FlinkCluster cluster;
  private String input;
  private String output;
  private String deadLetters;
  private Map<String, String> options;

  DecisionsIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void define(@TempDir Path directory) {
    input = kafka.createTopic("events", 1);
    output = kafka.createTopic("records", 1);
    deadLetters = kafka.createTopic("letters", 1);
    Path keys = Events.write(directory, Events.keyConfig("m", 3, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
    options.put("input.until", "latest");
  }

  @Test
  void givenADeadLetterThenItHoldsKeyValueHeadersAndTimestampUntouchedAndSaysWhy()
      throws Exception {
    byte[] key = {0, -1, 2};
    byte[] value = {1, 2, 3, -4};
    kafka.send(
        List.of(
            Events.message(input, "good", Events.event("m", 1, 1, 2)),
            new ProducerRecord<>(
                input,
                0,
                1_234_567L,
                key,
                value,
                List.of(
                    new RecordHeader("a", "1".getBytes(UTF_8)),
                    new RecordHeader("b", (byte[]) null),
                    new RecordHeader("a", "2".getBytes(UTF_8)),
                    new RecordHeader("a", new byte[0]),
                    new RecordHeader("ee.reason", "older".getBytes(UTF_8))))));

    runToTheEnd();

    ConsumerRecord<byte[], byte[]> letter = only(deadLetters);
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.timestamp()).isEqualTo(1_234_567L);
    List<String> headers = headers(letter);
    assertThat(headers.subList(0, 5))
        .containsExactly("a=1", "b=null", "a=2", "a=", "ee.reason=older");
    assertThat(headers.subList(5, headers.size()))
        .hasSize(6)
        .contains(
            "ee.reason=undecodable",
            "ee.topic=" + input,
            "ee.partition=0",
            "ee.offset=1",
            "ee.timestamp=1234567")
        .anyMatch(header -> header.startsWith("ee.detail=") && header.length() > 20);
    assertThat(kafka.committed(output)).hasSize(1);
  }

  @Test
  void givenADeadLetterOfAKnownModelThenItNamesModelAndVersion() throws Exception {
    kafka.send(
        List.of(
            new ProducerRecord<>(input, Events.event("m", 1, 1, 2, 3)),
            new ProducerRecord<>(input, Events.event("other", 1, 1, 2))));

    runToTheEnd();

    List<ConsumerRecord<byte[], byte[]>> letters = kafka.committed(deadLetters);
    assertThat(letters).hasSize(2).allMatch(letter -> letter.key() == null);
    assertThat(headers(letters.get(0)))
        .contains("ee.reason=shape", "ee.model=m", "ee.key-config-version=3");
    assertThat(headers(letters.get(1)))
        .contains("ee.reason=no-key-config", "ee.model=other")
        .noneMatch(header -> header.startsWith("ee.key-config-version"));
  }

  @Test
  void givenAnEventThenItsRecordKeepsKeyTimestampAndListedHeaders() throws Exception {
    options.put("output.forward-headers", "trace;tenant");
    kafka.send(
        List.of(
            new ProducerRecord<>(
                input,
                0,
                99_000L,
                "k".getBytes(UTF_8),
                Events.event("m", 5, 1.5f, -2),
                List.of(
                    new RecordHeader("tenant", "t1".getBytes(UTF_8)),
                    new RecordHeader("secret", "s".getBytes(UTF_8)),
                    new RecordHeader("trace", "x".getBytes(UTF_8)),
                    new RecordHeader("tenant", "t2".getBytes(UTF_8))))));

    runToTheEnd();

    ConsumerRecord<byte[], byte[]> record = only(output);
    // float32 1.5 is 3FC00000 and -2 is C0000000, both little-endian here.
    assertThat(HexFormat.of().formatHex(record.value()))
        .isEqualTo(
            "0d00080a0c00000001"
                + "0000000000000007"
                + "0c0001"
                + "08000100000000"
                + "0b000200000008"
                + "0000c03f"
                + "000000c0"
                + "0f00030a00000001"
                + "0000000000000002"
                + "0000"
                + "00");
    assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(record.timestamp()).isEqualTo(99_000L);
    assertThat(headers(record))
        .containsExactly("tenant=t1", "trace=x", "tenant=t2", "ee.origin=m@3 " + input + ":0:0");
  }

  @Test
  void asInputTheOutputPartitionHasTheOrderOfItsInputPartition() throws Exception {
    input = kafka.createTopic("events", 3);
    output = kafka.createTopic("records", 3);
    options.put("input.topic", input);
    options.put("output.topic", output);
    options.put("output.partitions", "as-input");
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] key = {(byte) (i % 7)};
      events.add(new ProducerRecord<>(input, i % 3, key, Events.event("m", 1, i, 0)));
    }
    kafka.send(events);

    runToTheEnd();

    for (int partition = 0; partition < 3; partition++) {
      int number = partition;
      assertThat(kafka.committed(output))
          .filteredOn(record -> record.partition() == number)
          .extracting(record -> (int) Events.firstFloat(record.value()))
          .containsExactlyElementsOf(
              IntStream.range(0, 20).map(i -> 3 * i + number).boxed().toList());
    }
  }

  @Test
  void givenAnEventWithoutAKeyThenTheRecordsKeyIsTheEntityId() throws Exception {
    kafka.send(List.of(new ProducerRecord<>(input, Events.event("m", -2, 1, 2))));

    runToTheEnd();

    assertThat(only(output).key()).isEqualTo(ByteBuffer.allocate(8).putLong(-2).array());
  }

  @Test
  void givenTombstonesThenOneWithAKeyPassesAndOneWithoutIsADeadLetter() throws Exception {
    kafka.send(
        List.of(
            new ProducerRecord<>(input, 0, 77L, "k".getBytes(UTF_8), null, List.of()),
            new ProducerRecord<>(input, 0, 78L, null, null, List.of())));

    runToTheEnd();

    ConsumerRecord<byte[], byte[]> tombstone = only(output);
    assertThat(tombstone.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(tombstone.value()).isNull();
    assertThat(tombstone.timestamp()).isEqualTo(77L);
    assertThat(headers(tombstone)).containsExactly("ee.origin=" + input + ":0:0");
    ConsumerRecord<byte[], byte[]> letter = only(deadLetters);
    assertThat(letter.key()).isNull();
    assertThat(letter.value()).isNull();
    assertThat(headers(letter)).contains("ee.reason=tombstone-without-key");
  }

  @Test
  void givenJsonEventsThenTheyBecomeTheSameRecordsAsThriftOnes() throws Exception {
    options.put("input.format", "json");
    kafka.send(
        List.of(
            json("{\"entityId\":5,\"model\":\"m\",\"tensors\":[[1.5,-2]]}"),
            json(
                "{\"entityId\":5,\"model\":\"m\",\"tensors\":{\"embedding\":{\"base64\":\"AADAPwAAAMA=\"}}}"),
            json("{\"entityId\":5,\"model\":")));

    runToTheEnd();

    assertThat(kafka.committed(output))
        .hasSize(2)
        .allSatisfy(record -> assertThat(record.value()).isEqualTo(Events.record(7, 1.5f, -2)));
    assertThat(headers(only(deadLetters))).contains("ee.reason=undecodable");
  }

  @Test
  void givenAModelWithATopicOfItsOwnThenItsRecordsAndTombstonesGoThere(@TempDir Path directory)
      throws Exception {
    String own = kafka.createTopic("own", 1);
    options.put(
        "key-config.files",
        Events.write(
                directory,
                Events.keyConfig("m", 1, 7),
                Events.keyConfig("mine", 1, 8) + "output-topic: " + own + "\n")
            .toString());
    kafka.send(
        List.of(
            Events.message(input, "a", Events.event("m", 1, 1, 1)),
            Events.message(input, "b", Events.event("mine", 2, 2, 2)),
            new ProducerRecord<>(
                input,
                0,
                "b".getBytes(UTF_8),
                null,
                List.of(new RecordHeader("ee.model", "mine".getBytes(UTF_8)))),
            Events.message(input, "c", null)));

    runToTheEnd();

    assertThat(values(output)).containsExactly(hex(Events.record(7, 1, 1)), "null");
    assertThat(values(own)).containsExactly(hex(Events.record(8, 2, 2)), "null");
    assertThat(kafka.committed(deadLetters)).isEmpty();
  }

  @Test
  void givenAtLeastOnceThenAllComesOut() throws Exception {
    options.put("output.delivery-guarantee", "at-least-once");
    kafka.send(List.of(Events.message(input, "a", Events.event("m", 1, 1, 2))));

    runToTheEnd();

    assertThat(only(output).value()).isEqualTo(Events.record(7, 1, 2));
  }

  private void runToTheEnd() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.await(JobStatus.FINISHED);
    }
  }

  private ProducerRecord<byte[], byte[]> json(String text) {
    return Events.message(input, "k", text.getBytes(UTF_8));
  }

  private ConsumerRecord<byte[], byte[]> only(String topic) {
    List<ConsumerRecord<byte[], byte[]>> messages = kafka.committed(topic);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private List<String> values(String topic) {
    return kafka.committed(topic).stream().map(message -> hex(message.value())).toList();
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  private static List<String> headers(ConsumerRecord<?, ?> message) {
    return StreamSupport.stream(message.headers().spliterator(), false)
        .map(
            header ->
                header.key()
                    + "="
                    + (header.value() == null ? "null" : new String(header.value(), UTF_8)))
        .collect(Collectors.toList());
  }
}
