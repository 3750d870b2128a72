package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.cli.clients.TopicReader;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.Envelopes;
import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.kafka.letters.DeadLetter;
import io.embeddingexport.kafka.letters.LetterFilter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** The committed letters on a job's dead-letter topic. */
public final class LetterTopic {
  private static final String CLIENT = "embedding-export-dead-letters";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(500);

  private final ClientOptions client = new ClientOptions();
  private final String name;

  /** How many messages were read. */
  public static final class Count {
    private long letters;
    private long chosen;
    private long others;

    /** Messages that are dead letters. */
    public long letters() {
      return letters;
    }

    /** Letters that passed the filter. */
    public long chosen() {
      return chosen;
    }

    /** What no job of ours wrote. */
    public long others() {
      return others;
    }
  }

  public LetterTopic(JobSettings job) {
    this.name = job.sink().topics().deadLetters();
    Map<String, String> properties = new HashMap<>(job.source().properties());
    // The job may read events of open transactions; letters are written in transactions.
    properties.put("isolation.level", "read_committed");
    client.setDefaults(job.source().bootstrapServers(), properties);
  }

  public String name() {
    return name;
  }

  /** Reads the topic to its present end, and passes on the letters that pass the filter. */
  public Count read(LetterFilter filter, Consumer<DeadLetter> letters)
      throws CommandException, InterruptedException {
    Count count = new Count();
    new TopicReader(client, CLIENT, name)
        .all(
            message -> {
              DeadLetter letter = DeadLetter.of(Envelopes.of(message));
              if (letter == null) {
                count.others++;
                return;
              }
              count.letters++;
              if (filter.passes(letter)) {
                count.chosen++;
                letters.accept(letter);
              }
            });
    return count;
  }

  /** The connection to the topic's brokers. */
  ClientOptions client() {
    return client;
  }

  /**
   * The letter at a position.
   *
   * @throws CommandException if there is no letter
   */
  public DeadLetter at(int partition, long offset) throws CommandException, InterruptedException {
    TopicPartition place = new TopicPartition(name, partition);
    try (BrokerTopics broker = new BrokerTopics(client)) {
      if (!broker.partitions(List.of(name), AclOperation.READ).contains(place)) {
        throw new CommandException("topic '" + name + "' has no partition " + partition);
      }
    }
    try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.committedReader(client, CLIENT)) {
      consumer.assign(List.of(place));
      return letter(place, offset, consumer);
    } catch (TopicAuthorizationException e) {
      throw new CommandException(
          Permission.topic(AclOperation.READ, name).refusal(client.bootstrapServers()));
    } catch (KafkaException e) {
      throw new CommandException("topic '" + name + "' cannot be read: " + e.getMessage());
    }
  }

  private static DeadLetter letter(
      TopicPartition place, long offset, KafkaConsumer<byte[], byte[]> consumer)
      throws CommandException {
    long begin = consumer.beginningOffsets(List.of(place)).get(place);
    long end = consumer.endOffsets(List.of(place)).get(place);
    if (offset >= begin && offset < end) {
      consumer.seek(place, offset);
      Deadline deadline = Deadline.in(PATIENCE);
      while (consumer.position(place) <= offset && !deadline.isOver()) {
        for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL).records(place)) {
          if (message.offset() == offset) {
            return required(Envelopes.of(message));
          }
        }
      }
    }
    throw new CommandException(
        "%s has no committed message at offset %d; its offsets are %d to %d, some of which are marks of transactions"
            .formatted(place, offset, begin, end - 1));
  }

  private static DeadLetter required(Envelope message) throws CommandException {
    DeadLetter letter = DeadLetter.of(message);
    if (letter == null) {
      throw new CommandException(
          message + " is no dead letter of this job's form; 'peek' prints any message");
    }
    return letter;
  }
}
