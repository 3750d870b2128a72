package io.embeddingexport.cli.peek;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.kafka.PartitionOffsets;
import io.embeddingexport.kafka.ReadPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows topics and passes their messages on. */
public final class Peek {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, EventDecoder> decoders;
  private final Predicate<PeekedMessage> filter;
  private final MessageOutput output;
  private final Runnable afterPoll;

  /**
   * @param decoders of the events of input topics, by topic; the other topics have outputs
   * @param filter which messages are passed on
   * @param afterPoll runs after each poll
   */
  public Peek(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<String, EventDecoder> decoders,
      Predicate<PeekedMessage> filter,
      MessageOutput output,
      Runnable afterPoll) {
    this.consumer = consumer;
    this.partitions = List.copyOf(partitions);
    this.decoders = Map.copyOf(decoders);
    this.filter = filter;
    this.output = output;
    this.afterPoll = afterPoll;
  }

  /**
   * Passes messages on.
   *
   * @param from where to start; an offset out of range moves to the nearest one in range
   * @param until where to stop; null: follow
   * @param count stop after that many; 0: any number
   * @param stopped whether to stop; checked before each poll
   * @return whether every value that should be a record was one
   * @throws IOException if the output takes no more
   */
  public boolean run(
      ReadPosition from, @Nullable ReadPosition until, long count, BooleanSupplier stopped)
      throws IOException {
    consumer.assign(partitions);
    PartitionOffsets broker = new Offsets(consumer);
    Map<TopicPartition, Long> first = broker.begins(partitions);
    Map<TopicPartition, Long> last = broker.ends(partitions);
    Map<TopicPartition, Long> wanted = from.offsets(partitions, broker);
    for (TopicPartition partition : partitions) {
      long offset = Math.min(wanted.get(partition), last.get(partition));
      consumer.seek(partition, Math.max(first.get(partition), offset));
    }
    Map<TopicPartition, Long> ends = until == null ? Map.of() : until.offsets(partitions, broker);
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
        PeekedMessage peeked = read(message);
        if (!filter.test(peeked)) {
          continue;
        }
        output.write(peeked);
        good &= peeked.content().isGood();
        if (++printed == count) {
          output.flush();
          return good;
        }
      }
      output.flush();
      afterPoll.run();
    }
    return good;
  }

  private PeekedMessage read(ConsumerRecord<byte[], byte[]> message) {
    EventDecoder decoder = decoders.get(message.topic());
    return decoder == null
        ? PeekedMessage.ofOutput(message)
        : PeekedMessage.ofInput(message, decoder);
  }

  private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
    return ends.getOrDefault(partition, Long.MAX_VALUE);
  }

  private record Offsets(Consumer<?, ?> consumer) implements PartitionOffsets {
    @Override
    public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
      return consumer.beginningOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
      return consumer.endOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> at(
        long timestampMillis, Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, timestampMillis));
      Map<TopicPartition, Long> offsets = new HashMap<>(ends(partitions));
      consumer
          .offsetsForTimes(times)
          .forEach(
              (partition, found) -> {
                if (found != null) {
                  offsets.put(partition, found.offset());
                }
              });
      return offsets;
    }
  }
}
