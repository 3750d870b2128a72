package io.embeddingexport.chaos.check;

import io.embeddingexport.audit.Anomaly;
import io.embeddingexport.audit.LongColumn;
import io.embeddingexport.audit.Report;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * What two readers saw, by position: a hash of each message. 16 bytes a message. Not thread-safe.
 */
public final class Readers {
  private static final long NOTHING = 0;

  private final Map<TopicPartition, LongColumn> beside = new HashMap<>();
  private final Map<TopicPartition, LongColumn> after = new HashMap<>();

  /** A message as the reader beside the run sees it. */
  public void beside(ConsumerRecord<byte[], byte[]> message) {
    put(beside, message);
  }

  /** A message as a new reader sees it after the run. */
  public void after(ConsumerRecord<byte[], byte[]> message) {
    put(after, message);
  }

  private static void put(
      Map<TopicPartition, LongColumn> seen, ConsumerRecord<byte[], byte[]> message) {
    seen.computeIfAbsent(
            new TopicPartition(message.topic(), message.partition()),
            partition -> new LongColumn(NOTHING))
        .put(message.offset(), hash(message));
  }

  /** Adds an anomaly for each position where they saw different things. */
  public void compare(Report report) {
    Map<TopicPartition, LongColumn> all = new HashMap<>(beside);
    all.putAll(after);
    for (TopicPartition partition : all.keySet()) {
      LongColumn one = beside.getOrDefault(partition, new LongColumn(NOTHING));
      LongColumn other = after.getOrDefault(partition, new LongColumn(NOTHING));
      for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
        if (one.get(i) != other.get(i)) {
          report.add(
              new Anomaly(
                  Anomaly.Kind.READERS_DISAGREE,
                  partition.topic(),
                  partition.partition(),
                  i,
                  one.get(i) == NOTHING
                      ? "only the reader after the run saw a message"
                      : other.get(i) == NOTHING
                          ? "only the reader beside the run saw a message"
                          : "they saw different messages"));
        }
      }
    }
  }

  /** Never {@link #NOTHING}. */
  private static long hash(ConsumerRecord<byte[], byte[]> message) {
    long hash = 31L * Arrays.hashCode(message.key()) + message.timestamp();
    hash = hash * 0x9E3779B97F4A7C15L + Arrays.hashCode(message.value());
    for (Header header : message.headers()) {
      hash = hash * 0x9E3779B97F4A7C15L + header.key().hashCode();
      hash = hash * 0x9E3779B97F4A7C15L + Arrays.hashCode(header.value());
    }
    return hash == NOTHING ? 1 : hash;
  }
}
