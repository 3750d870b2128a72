package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.NewTopics;
import io.embeddingexport.flink.ThreadLeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** 44 of 60 topics that Admin alone had created lost messages of such a producer. */
@ExtendWith({SharedBroker.class, ThreadLeakCheck.class})
class NewTopicsIT {
  private static final int MESSAGES = 2_000;
  private static final ByteArraySerializer BYTES = new ByteArraySerializer();

  @RepeatedTest(10)
  void whatIsSentAtOnceToATopicJustCreatedArrives(Kafka kafka) throws Exception {
    String topic = kafka.newName("created");

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      NewTopics.create(admin, List.of(new NewTopic(topic, 4, (short) 1)));
      send(kafka, topic);
    }

    assertThat(kafka.committed(topic)).hasSize(MESSAGES);
  }

  /** As when {@code produce --create} is started twice; 9 of 10 failed when it did not wait. */
  @RepeatedTest(5)
  void whatIsSentAtOnceToATopicThatAnotherJustCreatedArrives(Kafka kafka) throws Exception {
    String topic = kafka.newName("created-by-another");
    ClientOptions options = new ClientOptions();
    options.setDefaults(kafka.bootstrapServers(), Map.of());

    try (Admin another = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        BrokerTopics topics = new BrokerTopics(options)) {
      another.createTopics(List.of(new NewTopic(topic, 100, (short) 1))).all().get();
      topics.create(topic, 100, Map.of(), AclOperation.WRITE);
      send(kafka, topic);
    }

    assertThat(kafka.committed(topic)).hasSize(MESSAGES);
  }

  /**
   * Sends in small batches, so that several are on their way when the first is answered, and with
   * short timeouts, so that one that is refused for ever fails the test soon.
   */
  private static void send(Kafka kafka, String topic) throws Exception {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", kafka.bootstrapServers(),
            "batch.size", 1_000,
            "request.timeout.ms", 15_000,
            "delivery.timeout.ms", 20_000);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, BYTES, BYTES)) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (int i = 0; i < MESSAGES; i++) {
        answers.add(producer.send(new ProducerRecord<>(topic, new byte[100])));
      }
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
  }
}
