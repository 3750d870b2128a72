package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KeysOption;
import io.embeddingexport.cli.samples.Production;
import io.embeddingexport.cli.samples.Progress;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.keys.KeyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code produce}: sends sample events. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = {
      "Send sample events, all of them good, made to fit key configs.",
      "The same seed makes the same events but for their time, which is now. Their Kafka key is"
          + " model:entityId."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all were sent", "1:the broker did not take one", "2:wrong usage"})
public final class ProduceCommand implements Callable<Integer> {
  private static final int CLEAN_END_SECONDS = 10;

  /** Batches as the job's sink has them. The buffer holds back a sender that is too fast. */
  private static final Map<String, Object> DEFAULTS =
      Map.of("batch.size", 128 << 10, "linger.ms", 10, "acks", "all");

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;
  @Mixin private KeysOption keys;

  @Option(names = "--topic", required = true, paramLabel = "TOPIC", description = "Where to.")
  private String topic;

  @Option(
      names = "--create",
      paramLabel = "PARTITIONS",
      description = "Create the topic with that many partitions if it does not exist.")
  private int partitions;

  @Option(
      names = "--format",
      paramLabel = "thrift|json",
      defaultValue = "thrift",
      description = "Encoding of the events (default: ${DEFAULT-VALUE}).")
  private String format;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "Events to send; 0: until Ctrl-C (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Events per second; 0: as fast as they go (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of all chance in the events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--entities",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Entities of each model (default: ${DEFAULT-VALUE}).")
  private int entities;

  @Override
  public Integer call() throws InterruptedException {
    EventFormat eventFormat = eventFormat();
    require(count >= 0, "--count " + count + ": give 0 or more");
    require(rate >= 0 && rate <= 1e9, "--rate " + rate + ": give 0 or more");
    require(entities > 0, "--entities " + entities + ": give 1 or more");
    require(partitions >= 0, "--create " + partitions + ": give 1 or more");
    try {
      SampleEvents events = new SampleEvents(seed, keyConfigs(), entities);
      requireTopic();
      send(eventFormat, events);
      return 0;
    } catch (CommandException e) {
      spec.commandLine().getErr().println("produce: " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 1;
    }
  }

  private void send(EventFormat eventFormat, SampleEvents events) throws CommandException {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      Production production = new Production(producer, topic, eventFormat, events);
      Progress progress =
          new Progress(
              spec.commandLine().getOut(), System.console() != null, count, System.nanoTime());
      CountDownLatch ended = new CountDownLatch(1);
      Thread onCtrlC = new Thread(() -> stop(production, ended), "produce-stop");
      Runtime.getRuntime().addShutdownHook(onCtrlC);
      try {
        production.run(count, rate, progress);
      } finally {
        ended.countDown();
        removeHook(onCtrlC);
      }
    }
  }

  /** Ctrl-C: what is on its way arrives, and the last line says how much it was. */
  private static void stop(Production production, CountDownLatch ended) {
    production.stop();
    try {
      ended.await(CLEAN_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // It is running.
    }
  }

  private KafkaProducer<byte[], byte[]> producer() throws CommandException {
    try {
      return new KafkaProducer<>(
          client.properties("embedding-export-produce", DEFAULTS),
          new ByteArraySerializer(),
          new ByteArraySerializer());
    } catch (KafkaException e) {
      throw BrokerTopics.badProperties(e);
    }
  }

  private void requireTopic() throws CommandException, InterruptedException {
    try (BrokerTopics topics = new BrokerTopics(client)) {
      if (partitions > 0) {
        topics.create(topic, partitions);
      }
      topics.partitions(List.of(topic));
    }
  }

  private List<KeyConfig> keyConfigs() throws CommandException {
    if (keys.isGiven()) {
      return keys.read();
    }
    String home = System.getProperty("embedding-export.home");
    require(home != null, "--keys FILE is missing: events are made to fit a key config");
    return KeysOption.read(List.of(Path.of(home, "etc", "samples", "keys").toString()));
  }

  private EventFormat eventFormat() {
    return switch (format) {
      case "thrift" -> EventFormat.THRIFT;
      case "json" -> EventFormat.JSON;
      default ->
          throw new ParameterException(
              spec.commandLine(), "--format " + format + ": give thrift or json");
    };
  }

  private void require(boolean right, String message) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
