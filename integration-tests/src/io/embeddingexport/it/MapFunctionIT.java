package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.flink.DataRecordMapFunction;
import io.embeddingexport.flink.RejectedEventException;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The library in a job of somebody else's. */
@ExtendWith(SharedBroker.class)
class MapFunctionIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private final Kafka kafka;

  MapFunctionIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void givenAPlainJobThenItsEventsBecomeRecords() throws Exception {
    String topic = kafka.createTopic("events", 1);
    kafka.send(
        List.of(
            Events.message(topic, "a", Events.event("m", 1, 1, 2)),
            Events.message(topic, "b", Events.event("m", 2, 3, 4))));

    assertThat(run(topic)).containsExactly(Events.record(7, 1, 2), Events.record(7, 3, 4));
  }

  @Test
  void givenABadEventThenThePlainJobFailsAndSaysWhy() {
    String topic = kafka.createTopic("events", 1);
    kafka.send(List.of(Events.message(topic, "a", Events.event("other", 1, 1, 2))));

    assertThatThrownBy(() -> run(topic))
        .hasStackTraceContaining(RejectedEventException.class.getName())
        .hasStackTraceContaining("other");
  }

  private List<byte[]> run(String topic) throws Exception {
    Configuration configuration =
        Configuration.fromMap(
            Map.of(
                "pipeline.generic-types", "false",
                "restart-strategy.type", "none",
                "parallelism.default", "1"));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    KeyConfig keyConfig =
        KeyConfigParser.parse("keys.yaml", Events.keyConfig("m", 1, 7).getBytes(UTF_8));
    DataStream<byte[]> events =
        env.fromSource(
            KafkaSource.<byte[]>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setValueOnlyDeserializer(new Bytes())
                .build(),
            WatermarkStrategy.noWatermarks(),
            "events");
    DataStream<byte[]> records = events.map(new DataRecordMapFunction(keyConfig)).uid("export");
    try (CloseableIterator<byte[]> collected = records.executeAndCollect()) {
      List<byte[]> list = new ArrayList<>();
      collected.forEachRemaining(list::add);
      return list;
    }
  }

  private static final class Bytes extends AbstractDeserializationSchema<byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] deserialize(byte[] message) {
      return message;
    }
  }
}
