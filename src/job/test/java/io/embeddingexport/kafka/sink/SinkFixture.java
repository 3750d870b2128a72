package io.embeddingexport.kafka.sink;

import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.kafka.positions.PositionMarker;
import io.embeddingexport.kafka.positions.RunIdentity;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Partitions of {@code events}, and messages made of them. */
final class SinkFixture {
  static final TopicPartition P0 = new TopicPartition("events", 0);
  static final TopicPartition P1 = new TopicPartition("events", 1);

  static final PositionMarker MARKER =
      new PositionMarker(
          new RunIdentity("0123456789ab", Instant.EPOCH), List.of(), 1, 0, 2, new Uuid(1, 2), "p");

  static PartitionStart start(TopicPartition partition, long next) {
    return new PartitionStart(
        partition.topic(), partition.partition(), MARKER.topicId().toString(), next, MARKER.text());
  }

  static ProducerRecord<byte[], byte[]> message(int number) {
    return new ProducerRecord<>("records", null, new byte[] {(byte) number});
  }

  private SinkFixture() {}
}
