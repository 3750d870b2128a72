package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.cli.console.ProgressBar;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.samples.KeysOption;
import io.embeddingexport.cli.samples.Production;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code produce}: sends sample events. */
@Command(
    name = "produce",
    description = {
      "Send valid sample events that match key configs.",
      "The same seed makes the same events, except for their time, which is now. Their Kafka key"
          + " is model:entityId."
    },
    exitCodeList = {"0:all were sent", "1:the broker refused one", "2:wrong usage"})
public final class ProduceCommand implements Callable<Integer> {
  /** Batches like those of the job's sink. The buffer slows down a sender that is too fast. */
  private static final Map<String, Object> DEFAULTS =
      Map.of("batch.size", 128 << 10, "linger.ms", 10, "acks", "all");

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;
  @Mixin private KeysOption keys;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "Topic to send to.")
  private String topic;

  @Option(
      names = "--create",
      paramLabel = "PARTITIONS",
      description = "Create the topic with this many partitions if it does not exist.")
  private int partitions;

  @Option(
      names = {"-f", "--format"},
      paramLabel = "thrift|json",
      defaultValue = "thrift",
      description = "Encoding of the events (default: ${DEFAULT-VALUE}).")
  private EventFormat format;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "10000",
      description = "Events to send; 0: until Ctrl-C (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Events per second; 0: as fast as possible (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the random values in the events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--entities",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Entities of each model (default: ${DEFAULT-VALUE}).")
  private int entities;

  @Override
  public Integer call() throws CommandException, InterruptedException, InvalidOptionsException {
    client.load(JobOptions.CLIENT_PREFIX, JobOptions.SINK_PREFIX);
    ArgumentCheck.require(spec, count >= 0, "--count " + count + ": must be 0 or more");
    ArgumentCheck.require(
        spec, rate >= 0 && rate <= 1e9, "--rate " + rate + ": must be 0 to 1,000,000,000");
    ArgumentCheck.require(
        spec,
        format == EventFormat.THRIFT || format == EventFormat.JSON,
        "--format "
            + format.name().toLowerCase(Locale.ROOT)
            + ": there are samples in thrift and in json only");
    ArgumentCheck.require(spec, entities > 0, "--entities " + entities + ": must be 1 or more");
    ArgumentCheck.require(spec, partitions >= 0, "--create " + partitions + ": must be 1 or more");
    SampleEvents events = new SampleEvents(seed, keys.read(), entities);
    try (BrokerTopics topics = new BrokerTopics(client)) {
      if (partitions > 0) {
        topics.create(topic, partitions, Map.of(), AclOperation.WRITE);
      }
      topics.partitions(List.of(topic), AclOperation.WRITE);
    }
    send(events);
    return 0;
  }

  private void send(SampleEvents events) throws CommandException {
    StatusLine line = StatusLine.onStandardError();
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        KafkaClients.producer(client.properties("embedding-export-produce", DEFAULTS))) {
      Production production =
          new Production(producer, client.bootstrapServers(), topic, format, events);
      // After Ctrl-C, messages in flight still arrive, and the last line counts them.
      try (StopSignal stop = StopSignal.install()) {
        long sent =
            production.run(
                count,
                rate,
                stop::isAsked,
                done -> line.show(ProgressBar.of(done, count, System.nanoTime() - start)));
        line.end(ProgressBar.summary(sent, System.nanoTime() - start));
      }
    }
  }
}
