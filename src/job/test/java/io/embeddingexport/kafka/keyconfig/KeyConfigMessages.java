package io.embeddingexport.kafka.keyconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfigMessage;
import io.embeddingexport.keys.KeyConfigMessage.Invalid;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import io.embeddingexport.keys.KeyConfigUpdate.Retire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/** Messages of the topic {@code configs}, and what was made of them in short. */
final class KeyConfigMessages {
  static final KeyConfigTopicSettings SETTINGS =
      new KeyConfigTopicSettings(
          "broker:9092",
          "configs",
          "group",
          Duration.ofSeconds(30),
          Map.of(),
          Set.of("events"),
          List.of());

  static ReceivedKeyConfig publish(String model, int version) {
    return received(model, json(model, version));
  }

  static ReceivedKeyConfig publishTo(String outputTopic, String model, int version) {
    return received(
        model,
        json(model, version).replaceFirst("}$", ",\"output-topic\":\"" + outputTopic + "\"}"));
  }

  static ReceivedKeyConfig retire(String model) {
    return received(model, null);
  }

  static ReceivedKeyConfig invalid(String model) {
    return received(model, "{}");
  }

  static String json(String model, int version) {
    return "{\"model\":\"%s\",\"version\":%d,\"keys\":[{\"key\":1,\"dtype\":\"float\",\"shape\":[2]}]}"
        .formatted(model, version);
  }

  /** The topic, with a new id. */
  static TopicDescription topic(int partitions) {
    return new TopicDescription(
        "configs",
        false,
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartitionInfo(partition, null, List.of(), List.of()))
            .toList(),
        Set.of(),
        Uuid.randomUuid());
  }

  static ConsumerRecord<byte[], byte[]> message(
      int partition, long offset, String model, String value) {
    return new ConsumerRecord<>(
        "configs",
        partition,
        offset,
        model.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8));
  }

  private static ReceivedKeyConfig received(String model, String value) {
    return ReceivedKeyConfig.of(
        new Envelope(
            model.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8),
            Envelope.NO_HEADERS,
            0,
            "configs",
            0,
            7),
        "id");
  }

  /** Such as "m=2", "m retired", "m invalid". */
  static List<String> inShort(List<ReceivedKeyConfig> received) {
    return received.stream().map(KeyConfigMessages::inShort).toList();
  }

  static String inShort(ReceivedKeyConfig received) {
    KeyConfigMessage message = received.message();
    if (message instanceof Publish publish) {
      return publish.model() + "=" + publish.config().version();
    }
    return message instanceof Retire retire
        ? retire.model() + " retired"
        : ((Invalid) message).model() + " invalid";
  }

  private KeyConfigMessages() {}
}
