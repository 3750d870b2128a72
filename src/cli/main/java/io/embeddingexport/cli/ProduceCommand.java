package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.cli.console.ProgressBar;
import io.embeddingexport.cli.console.StatusLine;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.cli.samples.KeysOption;
import io.embeddingexport.cli.samples.Production;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.cli.samples.SampleMessages;
import io.embeddingexport.cli.samples.mapped.MappedMessages;
import io.embeddingexport.cli.trial.ChosenInput;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryUnavailableException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;
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
      "With a mapping they have the form it describes, by the schema it names: of a registry, the"
          + " newest of TOPIC-value. They are first tried as the job would.",
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
      description = "Encoding of events in our own form (default: thrift).")
  private @Nullable EventFormat format;

  @Option(
      names = {"-m", "--mapping"},
      paramLabel = "FILE",
      description =
          "Send events as this mapping describes them: JSON, Avro, Protobuf or raw bytes (default:"
              + " the job's input.mapping for the topic; without one, our own form).")
  private @Nullable String mapping;

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
    JobConfiguration job = client.load(JobOptions.CLIENT_PREFIX, JobOptions.SINK_PREFIX);
    requireUsage();
    Samples samples = format == null ? ofInput(job) : own(format);
    try (BrokerTopics topics = new BrokerTopics(client)) {
      if (partitions > 0) {
        topics.create(topic, partitions, Map.of(), AclOperation.WRITE);
      }
      topics.partitions(List.of(topic), AclOperation.WRITE);
    }
    send(samples);
    return 0;
  }

  private void requireUsage() {
    ArgumentCheck.require(spec, count >= 0, "--count " + count + ": must be 0 or more");
    ArgumentCheck.require(
        spec, rate >= 0 && rate <= 1e9, "--rate " + rate + ": must be 0 to 1,000,000,000");
    ArgumentCheck.require(
        spec, format == null || mapping == null, "--format and --mapping: a mapping has a format");
    ArgumentCheck.require(
        spec,
        format == null || format == EventFormat.THRIFT || format == EventFormat.JSON,
        "--format: our own form is thrift or json; for other formats name a mapping with"
            + " --mapping");
    ArgumentCheck.require(spec, entities > 0, "--entities " + entities + ": must be 1 or more");
    ArgumentCheck.require(spec, partitions >= 0, "--create " + partitions + ": must be 1 or more");
  }

  /** Events, and the messages they are sent in. */
  private record Samples(SampleEvents events, SampleMessages messages) {}

  private Samples own(EventFormat ownForm) throws CommandException {
    return new Samples(
        new SampleEvents(seed, keys.read(List.of()), entities), SampleMessages.of(ownForm));
  }

  private Samples ofInput(JobConfiguration job) throws CommandException, InvalidOptionsException {
    try {
      ChosenInput chosen = ChosenInput.find(mapping, job, topic);
      if (chosen == null || chosen.input().mapping() == null) {
        return own(chosen == null ? EventFormat.THRIFT : chosen.input().format());
      }
      MappedMessages messages = MappedMessages.of(chosen, topic);
      SampleEvents events =
          new SampleEvents(seed, messages.of(keys.read(List.of()), topic), entities);
      messages.requireAccepted(chosen, topic, events, JobSettings.limits(job));
      return new Samples(events, messages);
    } catch (InvalidInputException | RegistryUnavailableException e) {
      throw new CommandException(e.getMessage());
    }
  }

  private void send(Samples samples) throws CommandException {
    StatusLine line = StatusLine.onStandardError();
    long start = System.nanoTime();
    try (KafkaProducer<byte[], byte[]> producer =
        KafkaClients.producer(client.properties("embedding-export-produce", DEFAULTS))) {
      Production production =
          new Production(
              producer, client.bootstrapServers(), topic, samples.messages(), samples.events());
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
