package io.embeddingexport.kafka.keyconfig;

import io.embeddingexport.consumer.TopicEnds;
import io.embeddingexport.flink.ReceivedKeyConfig;
import io.embeddingexport.kafka.Envelopes;
import io.embeddingexport.kafka.FetchRate;
import io.embeddingexport.kafka.admin.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads a key-config topic: its contents as if compacted, then new messages. For one thread at a
 * time.
 */
final class KeyConfigTopicReader implements AutoCloseable {
  /** Longest wait between two checks of the end and of closing. */
  private static final Duration POLL = Duration.ofMillis(500);

  private final KeyConfigTopicSettings settings;
  private final Consumer<byte[], byte[]> consumer;
  private final OutputTopicCheck outputTopics;
  private final FetchRate fetches;

  /** The id of the last topic read. */
  private String topicId = "";

  KeyConfigTopicReader(
      KeyConfigTopicSettings settings,
      Consumer<byte[], byte[]> consumer,
      OutputTopicCheck outputTopics) {
    this.settings = settings;
    this.consumer = consumer;
    this.outputTopics = outputTopics;
    this.fetches = new FetchRate(consumer, Map.of());
  }

  /**
   * Reads the topic from its beginning to its current end, including aborted messages and gaps.
   *
   * @param topic its current description
   * @throws KeyConfigTopicException if that is not done by {@code deadline}
   */
  List<ReceivedKeyConfig> readAll(TopicDescription topic, Deadline deadline)
      throws KeyConfigTopicException, InterruptedException {
    List<TopicPartition> all =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(settings.topic(), partition.partition()))
            .toList();
    topicId = topic.topicId().toString();
    consumer.assign(all);
    consumer.seekToBeginning(all);
    CompactedKeyConfigs compacted = new CompactedKeyConfigs();
    String progress = "its end is unknown";
    try {
      TopicEnds ends = new TopicEnds(consumer, consumer.endOffsets(all, deadline.left()));
      progress = ends.progress();
      while (!ends.areReached(deadline.left())) {
        progress = ends.progress();
        if (deadline.isOver()) {
          throw KeyConfigTopicException.late(settings, progress, null);
        }
        poll(deadline.left(POLL)).forEach(compacted::add);
      }
      return compacted.messages();
    } catch (TimeoutException e) {
      throw KeyConfigTopicException.late(settings, progress, e);
    }
  }

  /** Messages that have arrived; waits briefly for them. */
  List<ReceivedKeyConfig> poll() throws InterruptedException {
    fetches.begin();
    return poll(POLL);
  }

  /** Whether the last {@link #poll} asked so often for nothing that the topic may be gone. */
  boolean asksInVain() {
    return fetches.isSuspicious();
  }

  private List<ReceivedKeyConfig> poll(Duration timeout) throws InterruptedException {
    List<ReceivedKeyConfig> batch = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> message : consumer.poll(timeout)) {
      batch.add(ReceivedKeyConfig.of(Envelopes.of(message), topicId));
    }
    return outputTopics.check(batch);
  }

  /** Returns at once: there is no group to leave and nothing to commit. */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
