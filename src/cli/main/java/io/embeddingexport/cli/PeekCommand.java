package io.embeddingexport.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.ConnectionNotice;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.cli.console.StandardOutput;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.cli.peek.MessageFilter;
import io.embeddingexport.cli.peek.MessageForm;
import io.embeddingexport.cli.peek.MessageOutput;
import io.embeddingexport.cli.peek.MessageTable;
import io.embeddingexport.cli.peek.Peek;
import io.embeddingexport.cli.peek.PrintLimits;
import io.embeddingexport.cli.peek.TensorNames;
import io.embeddingexport.cli.peek.TensorReport;
import io.embeddingexport.cli.samples.KeysOption;
import io.embeddingexport.cli.trial.ChosenInput;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.event.registry.RegistryUnavailableException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.keys.KeyConfig;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peek}: prints the records, tombstones and dead letters of topics. */
@Command(
    name = "peek",
    description = {
      "Print the messages of record or dead-letter topics, one JSON object per line, and follow"
          + " (docs/json-form.md). With --events, or --mapping: of topics of events.",
      "It reads only committed messages. Bytes are printed as text if they are printable UTF-8,"
          + " otherwise as 0x and hex.",
      "A value that is not a record, such as a dead letter's, is printed under 'text' if it is"
          + " UTF-8 text, such as JSON, otherwise under 'value' in hex."
    },
    exitCodeList = {
      "0:every value was good",
      "1:a value was not a record, or the topic cannot be read",
      "2:wrong usage"
    })
public final class PeekCommand implements Callable<Integer> {
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(15);

  private final OutputStream out;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;
  @Mixin private KeysOption keys;

  @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "Topics to read.")
  private List<String> topics;

  @Option(
      names = "--from",
      paramLabel = "POSITION",
      defaultValue = "earliest",
      description =
          "Where to start: earliest, latest, timestamp:2026-01-31T12:00:00Z (or ms since the"
              + " epoch), or offset:0=12,1=40 by partition (default: ${DEFAULT-VALUE}).")
  private String from;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after N messages; 0: never (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = "--until",
      paramLabel = "POSITION",
      defaultValue = "none",
      description =
          "Where to stop: none (follow), latest (the current end), timestamp:…, offset:…"
              + " (default: ${DEFAULT-VALUE}).")
  private String until;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "Print only messages whose headers name this model, or events of it.")
  private @Nullable String model;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Print only messages with this Kafka key, written as it is printed.")
  private @Nullable String key;

  @Option(
      names = "--feature",
      paramLabel = "ID|NAME",
      description =
          "Print only records that have this feature: its id, its name in the key configs, or the"
              + " name that the id is derived from.")
  private @Nullable String feature;

  @Option(
      names = "--partition",
      paramLabel = "N",
      split = ",",
      description = "Read only these partitions. Repeatable, or comma-separated.")
  private Set<Integer> only = new TreeSet<>();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "json|table",
      defaultValue = "json",
      description =
          "json: an object on each line. table: a line for each message and tensor, with the"
              + " tensor's Euclidean length and first elements (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--max-elements",
      paramLabel = "N",
      defaultValue = "8",
      description = "Print at most this many elements of an array (default: ${DEFAULT-VALUE}).")
  private int maxElements;

  @Option(
      names = "--max-value",
      paramLabel = "BYTES",
      defaultValue = "64",
      description =
          "Print at most this much of a value that is not a record (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxValue;

  @Option(names = "--full", description = "Print everything in full.")
  private boolean full;

  @Option(
      names = "--stats",
      description =
          "Print, instead of messages, how many there are of each kind, and for each float and"
              + " double tensor of a model: the number, of zeros only and with non-finite values, and"
              + " their Euclidean length. Stops at the current end unless --until is given.")
  private boolean stats;

  @Option(
      names = "--events",
      description =
          "Print what the events of the topics say, by the job's input.mapping or input.format.")
  private boolean events;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "Print what the events of the topics say, by this mapping (docs/events.md).")
  private @Nullable String mapping;

  private enum Format {
    JSON,
    TABLE
  }

  /** Writes to standard output. */
  public PeekCommand() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  /** Writes to {@code out}, which is not closed. */
  public PeekCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws InterruptedException, InvalidOptionsException {
    JobConfiguration job = client.load(JobOptions.CLIENT_PREFIX, JobOptions.SOURCE_PREFIX);
    ArgumentCheck.require(spec, count >= 0, "--count " + count + ": must be 0 or more");
    ArgumentCheck.require(
        spec, maxElements >= 0, "--max-elements " + maxElements + ": must be 0 or more");
    ArgumentCheck.require(spec, maxValue >= 0, "--max-value " + maxValue + ": must be 0 or more");
    boolean inputs = events || mapping != null;
    ArgumentCheck.require(
        spec,
        !inputs || (feature == null && !stats),
        "--feature and --stats are for records; leave them out, or --events and --mapping");
    ReadPosition start = position("--from", from, text -> ReadPosition.from(text, topics));
    String stop = stats && until.equals("none") ? "latest" : until;
    ReadPosition end = position("--until", stop, text -> ReadPosition.until(text, topics));
    try {
      List<KeyConfig> configs = keys.read(job.values().get(JobOptions.KEY_CONFIG_FILES, List.of()));
      return peek(start, end, inputs ? decoders(job) : Map.of(), configs) ? 0 : 1;
    } catch (CommandException | InvalidInputException | RegistryUnavailableException e) {
      return failed(e.getMessage());
    } catch (TopicAuthorizationException e) {
      return failed(
          Permission.topics(AclOperation.READ, List.copyOf(e.unauthorizedTopics()))
              .refusal(client.bootstrapServers()));
    } catch (KafkaException e) {
      return failed(topics + " cannot be read: " + e.getMessage());
    } catch (IOException e) {
      // The reader has seen enough: peek | head.
      boolean closed = StandardOutput.isClosedPipe(e);
      return closed ? 0 : failed("cannot write: " + e.getMessage());
    }
  }

  private Map<String, EventDecoder> decoders(JobConfiguration job)
      throws CommandException, InvalidOptionsException, InvalidInputException {
    Map<String, EventDecoder> decoders = new HashMap<>();
    for (String topic : topics) {
      ChosenInput chosen = ChosenInput.find(mapping, job, topic);
      if (chosen == null) {
        throw new ParameterException(
            spec.commandLine(),
            "--events: needs --config with input.mapping or input.format, or --mapping instead");
      }
      EventInput input = chosen.input().withRegistryTimeout(REGISTRY_TIMEOUT);
      decoders.put(topic, input.newDecoder(chosen.files(), RegistryListener.NONE));
    }
    return decoders;
  }

  private boolean peek(
      ReadPosition start,
      @Nullable ReadPosition end,
      Map<String, EventDecoder> decoders,
      List<KeyConfig> configs)
      throws CommandException, IOException, InterruptedException {
    TensorNames names = new TensorNames(configs);
    MessageFilter filter =
        new MessageFilter(model, key, feature == null ? null : featureId(feature, configs));
    PrintLimits cut = full ? PrintLimits.NONE : new PrintLimits(maxElements, maxValue);
    if (stats) {
      TensorReport report = new TensorReport(names);
      boolean good = read(start, end, decoders, filter, report);
      report.print(new PrintWriter(out, false, UTF_8));
      return good;
    }
    return read(
        start,
        end,
        decoders,
        filter,
        format == Format.TABLE
            ? new MessageTable(out, cut, names)
            : new MessageForm(out, cut, names));
  }

  private static long featureId(String text, List<KeyConfig> configs) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return configs.stream()
          .map(config -> config.featureNames().ids().get(text))
          .filter(Objects::nonNull)
          .findFirst()
          .orElseGet(() -> FeatureId.of(text));
    }
  }

  private boolean read(
      ReadPosition start,
      @Nullable ReadPosition end,
      Map<String, EventDecoder> decoders,
      MessageFilter filter,
      MessageOutput output)
      throws CommandException, IOException, InterruptedException {
    List<TopicPartition> partitions;
    try (BrokerTopics broker = new BrokerTopics(client)) {
      partitions = broker.partitions(topics, AclOperation.READ);
    }
    if (!only.isEmpty()) {
      partitions = partitions.stream().filter(one -> only.contains(one.partition())).toList();
      if (partitions.isEmpty()) {
        throw new CommandException("--partition: " + topics + " have none of " + only);
      }
    }
    requirePartitions("--from", start, partitions);
    requirePartitions("--until", end, partitions);
    try (StopSignal stop = StopSignal.install();
        KafkaConsumer<byte[], byte[]> consumer =
            KafkaClients.committedReader(client, "embedding-export-peek")) {
      ConnectionNotice notice = ConnectionNotice.of(consumer, spec.commandLine().getErr());
      return new Peek(consumer, partitions, decoders, filter, output, notice::check)
          .run(start, end, count, stop::isAsked);
    }
  }

  private static void requirePartitions(
      String option, @Nullable ReadPosition position, List<TopicPartition> read)
      throws CommandException {
    if (position instanceof ReadPosition.Offsets offsets) {
      for (TopicPartition named : offsets.named().keySet()) {
        if (!read.contains(named)) {
          throw new CommandException(
              option
                  + ": names partition "
                  + named.partition()
                  + " of "
                  + named.topic()
                  + ", which is not among those read: "
                  + read);
        }
      }
    }
  }

  private <T> T position(String option, String text, Function<String, T> reading) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), option + " " + text + ": " + e.getMessage(), e);
    }
  }

  private int failed(String message) {
    ErrorLine.print(spec, message);
    return 1;
  }
}
