package io.embeddingexport.kafka.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's mock producers, one an id, and in which order they did what. */
final class RecordingProducers implements IntFunction<Producer<byte[], byte[]>> {
  static final String GROUP = "g";

  /** What is committed: its messages and its positions, in the order of commits. */
  final List<Transaction> committed = new ArrayList<>();

  final List<Recording> all = new ArrayList<>();

  /** The next commit fails with this; null: it does not. */
  RuntimeException failure;

  record Transaction(
      int id, List<Integer> messages, Map<TopicPartition, OffsetAndMetadata> positions) {
    long next(TopicPartition partition) {
      return positions.get(partition).offset();
    }
  }

  @Override
  public Recording apply(int n) {
    if (n != all.size()) {
      throw new AssertionError("id " + n + " is asked for when there are " + all.size());
    }
    Recording producer = new Recording(n);
    all.add(producer);
    return producer;
  }

  final class Recording extends MockProducer<byte[], byte[]> {
    private final int id;
    private Duration closedWithin;

    private Recording(int id) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      this.id = id;
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      if (!flushed()) {
        throw new AssertionError("positions are sent before the messages are written");
      }
      super.sendOffsetsToTransaction(offsets, group);
    }

    @Override
    public void commitTransaction() {
      if (failure != null) {
        throw failure;
      }
      List<Integer> messages =
          uncommittedRecords().stream().map(record -> (int) record.value()[0]).toList();
      Map<TopicPartition, OffsetAndMetadata> positions = uncommittedOffsets().get(GROUP);
      super.commitTransaction();
      committed.add(new Transaction(id, messages, positions));
    }

    @Override
    public void close(Duration timeout) {
      closedWithin = timeout;
      super.close(timeout);
    }

    Duration closedWithin() {
      return closedWithin;
    }
  }

  void failCommits(String why) {
    failure = new KafkaException(why);
  }
}
