package io.embeddingexport.cli.peek;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows topics and prints their messages. */
public final class Peek {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final MessageForm form;

  public Peek(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, MessageForm form) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
    this.form = form;
  }

  /**
   * Prints messages.
   *
   * @param count stop after that many; 0: any number
   * @param stopped whether to stop printing; checked before each poll
   * @return whether every value that should be a record was one
   * @throws IOException if the output takes no more
   */
  public boolean run(ReadRange range, long count, BooleanSupplier stopped) throws IOException {
    consumer.assign(partitions);
    range.seek(consumer, partitions);
    Map<TopicPartition, Long> ends = range.ends(consumer, partitions);
    Set<TopicPartition> open = new HashSet<>(partitions);
    boolean good = true;
    long printed = 0;
    while (!stopped.getAsBoolean()) {
      open.removeIf(partition -> consumer.position(partition) >= end(ends, partition));
      if (open.isEmpty()) {
        return good;
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        if (message.offset() >= end(ends, partition)) {
          continue;
        }
        good &= form.write(message);
        if (++printed == count) {
          form.flush();
          return good;
        }
      }
      form.flush();
    }
    return good;
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, Long.MAX_VALUE);
  }
}
