package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.consumer.DataRecordConsumer;
import io.embeddingexport.consumer.Origin;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A consumer of records on a real broker. */
@ExtendWith(SharedBroker.class)
class DataRecordConsumerIT {
  private final Kafka kafka;
  private final String topic;
  private final String group;

  DataRecordConsumerIT(Kafka kafka) {
    this.kafka = kafka;
    this.topic = kafka.createTopic("records", 1);
    this.group = kafka.newName("readers");
  }

  @Test
  void onlyCommittedRecordsAreSeenAndTheLagReachesZero() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(1, 1)).get();
      producer.commitTransaction();
      producer.beginTransaction();
      producer.send(record(2, 2)).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record(3, 3)).get();
      producer.commitTransaction();
    }

    try (DataRecordConsumer consumer = consumer()) {
      assertThat(values(consumer, 2)).containsExactly(1f, 3f);
      // The last marker has no message after it that would bring a poll.
      Awaitility.await("the group's offset at the end of the topic")
          .atMost(Kafka.PATIENCE)
          .pollInSameThread()
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100));
                consumer.commit();
                return committed() == end();
              });
    }
  }

  @Test
  void repeatsAreDroppedByTheSameConsumerAndByTheNextOne() {
    kafka.send(List.of(record(1, 1), record(2, 2), record(1, 1)));
    try (DataRecordConsumer consumer = consumer().dropRepeats(1 << 10)) {
      assertThat(values(consumer, 2)).containsExactly(1f, 2f);
      consumer.commit();
    }
    kafka.send(List.of(record(2, 2), record(3, 3)));
    try (DataRecordConsumer consumer = consumer().dropRepeats(1 << 10)) {
      assertThat(values(consumer, 1)).containsExactly(3f);
    }
  }

  @Test
  void aMessageThatIsNoRecordIsNamedAndCanBePassed() {
    kafka.send(
        List.of(
            record(1, 1),
            new ProducerRecord<>(topic, null, "no record".getBytes(UTF_8)),
            record(3, 3)));

    try (DataRecordConsumer consumer = consumer()) {
      assertThat(values(consumer, 1)).containsExactly(1f);
      for (int time = 0; time < 2; time++) {
        assertThatThrownBy(() -> values(consumer, 1))
            .isInstanceOfSatisfying(
                RecordDeserializationException.class,
                e -> {
                  assertThat(e.topicPartition()).isEqualTo(new TopicPartition(topic, 0));
                  assertThat(e.offset()).isEqualTo(1);
                  assertThat(e.getCause())
                      .hasMessageStartingWith("a value of 9 bytes is no DataRecord: byte 0: ");
                });
      }
      List<Long> passed = new ArrayList<>();
      consumer.onMalformed(e -> passed.add(e.offset()));
      assertThat(values(consumer, 1)).containsExactly(3f);
      assertThat(passed).containsExactly(1L);
    }
  }

  private DataRecordConsumer consumer() {
    return DataRecordConsumer.subscribe(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", group), List.of(topic));
  }

  private ProducerRecord<byte[], byte[]> record(float value, long offset) {
    byte[] record = new DataRecordWriter().tensor(7301, Tensor.ofFloats(null, value)).write();
    ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, null, record);
    message.headers().add(Origin.HEADER, ("user@1 events:0:" + offset).getBytes(UTF_8));
    return message;
  }

  /** The values of the next records, once there are {@code count}. */
  private static List<Float> values(DataRecordConsumer consumer, int count) {
    List<Float> values = new ArrayList<>();
    Awaitility.await(count + " records")
        .atMost(Kafka.PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              for (ConsumerRecord<byte[], DataRecordView> message :
                  consumer.poll(Duration.ofMillis(200))) {
                values.add(message.value().floats(7301)[0]);
              }
              return values.size() >= count;
            });
    return values;
  }

  private long committed() throws Exception {
    try (var admin = kafka.admin()) {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .get(new TopicPartition(topic, 0))
          .offset();
    }
  }

  private long end() {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (var consumer = kafka.consumer()) {
      return consumer.endOffsets(List.of(partition)).get(partition);
    }
  }
}
