package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.BrokerTopics;
import io.embeddingexport.cli.clients.ClientOptions;
import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.clients.ConnectionNotice;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.clients.KafkaClients;
import io.embeddingexport.cli.console.StandardOutput;
import io.embeddingexport.cli.console.StopSignal;
import io.embeddingexport.cli.consume.Framing;
import io.embeddingexport.cli.consume.RecordStream;
import io.embeddingexport.cli.consume.UnwritableMessageException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.TopicPartitions;
import io.embeddingexport.kafka.admin.Permission;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code consume}: writes the records of topics to a pipe. */
@Command(
    name = "consume",
    description = {
      "Write the records of topics to standard output, each with a separator behind it, and follow"
          + " (docs/consumers.md).",
      "It reads only committed messages. A new group starts at the beginning of the topics. A"
          + " position is committed after its record is written, so records come again after a"
          + " failure. Tombstones are not written."
    },
    exitCodeList = {
      "0:the reader closed the pipe, a signal came, or N records are written",
      "1:a value is not a record or has the separator in it, records were deleted before they were"
          + " read, or the topics cannot be read",
      "2:wrong usage"
    })
public final class ConsumeCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;

  @Spec private CommandSpec spec;
  @Mixin private ClientOptions client;

  @Parameters(paramLabel = "TOPIC", arity = "1..*", split = ",", description = "Topics to read.")
  private List<String> topics;

  @Option(
      names = {"-g", "--group"},
      paramLabel = "GROUP",
      required = true,
      description =
          "The consumer group, which keeps the positions. Processes of one group share the"
              + " partitions.")
  private String group;

  @Option(
      names = "--separator",
      paramLabel = Framing.TWML + "|HEX",
      required = true,
      description =
          "What follows each record. twml: for twml's EventBusPipedBinaryRecordReader, with zeros"
              + " before its separator. HEX: these bytes, 64 at most.")
  private String separator;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "0",
      description = "Stop after N records; 0: never (default: ${DEFAULT-VALUE}).")
  private long count;

  /** Writes to standard output. */
  public ConsumeCommand() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  /** Writes to {@code out}, which is not closed. */
  public ConsumeCommand(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  @Override
  public Integer call() throws InterruptedException, InvalidOptionsException {
    client.load(JobOptions.CLIENT_PREFIX, JobOptions.SOURCE_PREFIX);
    ArgumentCheck.require(spec, !group.isBlank(), "--group: is empty; name the consumer group");
    ArgumentCheck.require(spec, count >= 0, "--count " + count + ": must be 0 or more");
    Framing framing = framing();
    try {
      write(framing);
      return 0;
    } catch (CommandException e) {
      return failed(e.getMessage());
    } catch (UnwritableMessageException e) {
      return failed(e.getMessage() + "; " + remedy(e));
    } catch (TopicAuthorizationException e) {
      return failed(
          Permission.topics(AclOperation.READ, List.copyOf(e.unauthorizedTopics()))
              .refusal(client.bootstrapServers()));
    } catch (GroupAuthorizationException e) {
      return failed(Permission.group(AclOperation.READ, group).refusal(client.bootstrapServers()));
    } catch (KafkaException e) {
      return failed(topics + " cannot be read: " + e.getMessage());
    } catch (IOException e) {
      boolean closed = StandardOutput.isClosedPipe(e);
      return closed ? 0 : failed("cannot write: " + e.getMessage());
    }
  }

  private void write(Framing framing)
      throws CommandException, IOException, InterruptedException, UnwritableMessageException {
    try (BrokerTopics broker = new BrokerTopics(client)) {
      broker.partitions(topics, AclOperation.READ);
    }
    try (StopSignal stop = StopSignal.install();
        KafkaConsumer<byte[], byte[]> consumer =
            KafkaClients.groupReader(client, "embedding-export-consume", group)) {
      try {
        ConnectionNotice notice = ConnectionNotice.of(consumer, spec.commandLine().getErr());
        new RecordStream(consumer, framing, out, notice::check).write(topics, count, stop::isAsked);
      } catch (OffsetOutOfRangeException e) {
        throw new CommandException(outOfRange(consumer, e.offsetOutOfRangePartitions()));
      }
    }
  }

  private String outOfRange(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(positions.keySet());
    Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet());
    return positions.keySet().stream()
        .sorted(TopicPartitions.ORDER)
        .map(
            one ->
                "%s:%d: group %s comes to offset %d, but the partition has %d to %d: records were deleted before it read them, or the topic is a new one; to go on with what is there: %s"
                    .formatted(
                        one.topic(),
                        one.partition(),
                        group,
                        positions.get(one),
                        begins.get(one),
                        ends.get(one),
                        resetCommand(one, "--to-earliest")))
        .collect(Collectors.joining("\n"));
  }

  private Framing framing() {
    try {
      return Framing.of(separator);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--separator " + separator + ": " + e.getMessage(), e);
    }
  }

  private String remedy(UnwritableMessageException e) {
    return "to pass over it: " + resetCommand(e.partition(), "--to-offset " + (e.offset() + 1));
  }

  private String resetCommand(TopicPartition partition, String target) {
    return "kafka-consumer-groups.sh --bootstrap-server %s --group %s --topic %s:%d --reset-offsets %s --execute"
        .formatted(
            client.bootstrapServers(), group, partition.topic(), partition.partition(), target);
  }

  private int failed(String message) {
    ErrorLine.print(spec, message);
    return 1;
  }
}
