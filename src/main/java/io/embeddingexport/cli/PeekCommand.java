package io.embeddingexport.cli;

import io.embeddingexport.cli.peek.MessageForm;
import io.embeddingexport.cli.peek.TopicReader;
import io.embeddingexport.cli.samples.SampleKeyConfigs;
import io.embeddingexport.job.KeyConfigFiles;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.keys.KeyConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code peek}: what is on a topic, decoded. */
@Command(
    name = "peek",
    mixinStandardHelpOptions = true,
    description = {
      "Print the committed messages of a topic, records decoded, one JSON line each; and follow it.",
      "Dead letters are shown with their reason."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ok", "1:the topic cannot be read", "2:wrong usage"})
public final class PeekCommand implements Callable<Integer> {
  private static final Map<String, String> DEFAULTS =
      Map.of("isolation.level", "read_committed", "default.api.timeout.ms", "15000");

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(paramLabel = "TOPIC", description = "Topic to read.")
  private String topic;

  @Option(
      names = "--from",
      paramLabel = "POSITION",
      defaultValue = "earliest",
      description =
          "earliest, latest, timestamp:2026-01-31T12:00:00Z or offset:0=12,1=40 (default:"
              + " ${DEFAULT-VALUE}).")
  private String from;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "Stop after so many messages.")
  private @Nullable Long count;

  @Option(names = "--no-follow", description = "Stop at the end the topic has now.")
  private boolean noFollow;

  @Option(
      names = {"-k", "--keys"},
      paramLabel = "FILE",
      arity = "1..*",
      description = "Key configs that give tensors their names (default: the samples).")
  private List<String> keys = List.of();

  @Option(
      names = "--payloads",
      description = "Show the values of dead letters and malformed records, in base64.")
  private boolean payloads;

  @Override
  public Integer call() throws InterruptedException {
    OffsetsInitializer start = start();
    MessageForm form = new MessageForm(keyConfigs(), payloads);
    PrintWriter out = spec.commandLine().getOut();
    long left = count == null ? Long.MAX_VALUE : count;
    try (StopSignal stop = StopSignal.install();
        KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.client(DEFAULTS), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicReader reader = new TopicReader(consumer, topic, start);
      while (left > 0 && !stop.await(0) && !out.checkError()) {
        for (ConsumerRecord<byte[], byte[]> message : reader.poll(Duration.ofMillis(200))) {
          if (left-- > 0) {
            out.println(form.line(message));
          }
        }
        out.flush();
        if (noFollow && reader.isAtEnd()) {
          break;
        }
      }
    }
    return 0;
  }

  private OffsetsInitializer start() {
    try {
      if (from.equals("committed")) {
        throw new IllegalArgumentException("peek has no committed offsets");
      }
      return ReadPosition.from(from, List.of(topic));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--from " + from + ": " + e.getMessage());
    }
  }

  private List<KeyConfig> keyConfigs() {
    if (keys.isEmpty()) {
      return SampleKeyConfigs.all();
    }
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(keys, problems);
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
    return configs;
  }
}
