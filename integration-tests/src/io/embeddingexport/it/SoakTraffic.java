package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.audit.CheckPlan;
import io.embeddingexport.audit.ExportChecker;
import io.embeddingexport.audit.Ledger;
import io.embeddingexport.audit.LedgerEntry;
import io.embeddingexport.it.SoakEvent.Roll;
import io.embeddingexport.it.SoakStep.Noise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends the soak test's events and key configs, remembers them, and tells the checker. */
final class SoakTraffic implements Ledger, AutoCloseable {
  /** One event in so many is for the version in force, and one for the version before. */
  private static final int PIN_EVERY = 60;

  /** One in this many events names the version that its model is about to get. */
  private static final int PIN_NEWS_EVERY = 8;

  private final SoakTopics topics;
  private final ExportChecker checker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final byte[] pins;
  private final int[] versions = new int[SoakEvent.MODELS];
  private final List<String> refused = new ArrayList<>();
  private final Set<Integer> retired = new HashSet<>();
  private int sent;

  /**
   * @param events how many there will be at most
   */
  SoakTraffic(Kafka kafka, SoakTopics topics, int events) {
    this.topics = topics;
    this.producer = kafka.producer();
    this.pins = new byte[events];
    this.checker =
        new ExportChecker(
            new CheckPlan(
                topics.events(),
                SoakEvent.PARTITIONS,
                topics.configs(),
                topics.records(),
                topics.ownTopics(),
                topics.letters(),
                SoakEvent.KEYS,
                false,
                this));
  }

  ExportChecker checker() {
    return checker;
  }

  int sent() {
    return sent;
  }

  /** The event of a number, which may not have been sent. */
  SoakEvent event(int number) {
    SoakEvent event = new SoakEvent(number, pins[number], false);
    return retired.contains(event.modelNumber())
        ? new SoakEvent(number, pins[number], true)
        : event;
  }

  @Override
  public LedgerEntry entry(long number) {
    return event((int) number);
  }

  /** How many events of a model were sent from number {@code from} on. */
  int count(int model, int from) {
    return (int) IntStream.range(from, sent).filter(n -> event(n).modelNumber() == model).count();
  }

  /** The greatest version published of a model. */
  int version(int model) {
    return versions[model];
  }

  /**
   * Where the messages stand that must be refused: {@code partition@offset}, once for each topic
   * that was created anew.
   */
  List<String> refused() {
    return refused;
  }

  /** Publishes a version of every model. */
  void publishAll(int version) {
    for (int model = 0; model < SoakEvent.MODELS; model++) {
      publish(new SoakConfig(model, version));
    }
  }

  void publish(SoakConfig config) {
    checker.published(config.modelName(), config.version());
    send(config.modelName().getBytes(UTF_8), config.json(topics.ownRecords()));
    versions[config.model()] = Math.max(versions[config.model()], config.version());
  }

  void say(Noise noise) {
    SoakConfig config = noise.config();
    byte[] key = config.modelName().getBytes(UTF_8);
    switch (noise.kind()) {
      case REPEAT -> send(key, config.json(topics.ownRecords()));
      case IMPOSTOR -> send(key, config.impostorJson(topics.ownRecords()));
      case RETIRE -> {
        retired.add(config.model());
        send(key, null);
      }
      case INVALID -> sendRefused(key, config.invalidJson(topics.ownRecords()));
      case WRONG_KEY -> {
        SoakConfig other = new SoakConfig((config.model() + 1) % SoakEvent.MODELS, 100);
        sendRefused(key, other.json(topics.ownRecords()));
      }
      case GARBAGE -> sendRefused(new byte[] {(byte) 0xC0, 1}, new byte[] {(byte) 0xFF, 0, 1});
    }
  }

  private void sendRefused(byte[] key, byte[] value) {
    checker.refused(key, value);
    RecordMetadata at = send(key, value);
    refused.add(at.partition() + "@" + at.offset());
  }

  /**
   * Sends events.
   *
   * @param news a version that some of them are for although it is not published; null: none
   * @return whether any is
   */
  boolean send(int count, @Nullable SoakConfig news) {
    boolean anyWaits = false;
    for (int number = sent; number < sent + count; number++) {
      SoakEvent free = new SoakEvent(number, 0, false);
      if (news != null
          && free.modelNumber() == news.model()
          && free.roll(Roll.PIN, PIN_NEWS_EVERY) == 0) {
        pins[number] = (byte) news.version();
        anyWaits = true;
      } else {
        pins[number] = (byte) ordinaryPin(free);
      }
    }
    send(sent, sent + count);
    return anyWaits;
  }

  /** Sends events, each for the greatest version of its model. */
  void sendForPresentVersions(int count) {
    for (int number = sent; number < sent + count; number++) {
      pins[number] = (byte) versions[new SoakEvent(number, 0, false).modelNumber()];
    }
    send(sent, sent + count);
  }

  private int ordinaryPin(SoakEvent event) {
    int version = versions[event.modelNumber()];
    return switch (event.roll(Roll.PIN, PIN_EVERY)) {
      case 1 -> version;
      case 2 -> version - 1;
      default -> 0;
    };
  }

  private void send(int from, int end) {
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (int number = from; number < end; number++) {
      SoakEvent event = event(number);
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(topics.events(), event.partition(), event.key(), event.value());
      message.headers().add(ExportChecker.TRACE, Integer.toString(number).getBytes(UTF_8));
      answers.add(producer.send(message));
    }
    producer.flush();
    for (int i = 0; i < answers.size(); i++) {
      SoakEvent event = event(from + i);
      RecordMetadata at = answer(answers.get(i));
      if (at.offset() != event.offset()) {
        throw new AssertionError(event + " stands at offset " + at.offset());
      }
      checker.input(at.partition(), at.offset(), at.timestamp(), event.number());
    }
    sent = end;
  }

  private RecordMetadata send(byte[] key, byte @Nullable [] value) {
    return answer(producer.send(new ProducerRecord<>(topics.configs(), key, value)));
  }

  private static RecordMetadata answer(Future<RecordMetadata> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError("cannot send", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
