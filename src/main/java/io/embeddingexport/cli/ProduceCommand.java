package io.embeddingexport.cli;

import io.embeddingexport.cli.samples.SampleEvent;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.cli.samples.SampleKeyConfigs;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.job.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code produce}: sample events onto a topic. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    description = "Write made-up events to a topic, for the sample models or your own key configs.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all are written", "1:some could not be written", "2:wrong usage"})
public final class ProduceCommand implements Callable<Integer> {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "linger.ms", "10",
          "batch.size", "131072",
          "max.block.ms", "15000",
          "delivery.timeout.ms", "30000",
          "request.timeout.ms", "10000");

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "Topic to write to.")
  private String topic;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many events (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "N",
      description = "Events a second; as many as the broker takes if not given.")
  private @Nullable Double rate;

  @Option(
      names = {"-f", "--format"},
      defaultValue = "thrift",
      description = "thrift or json (default: ${DEFAULT-VALUE}).")
  private EventFormat format;

  @Option(
      names = {"-k", "--keys"},
      paramLabel = "FILE",
      arity = "1..*",
      description = "Key configs to make events for (default: the samples user, item, query).")
  private List<String> keys = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same events (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    if (count < 1 || (rate != null && !(rate > 0))) {
      throw new ParameterException(spec.commandLine(), "--count and --rate must be above 0");
    }
    SampleEvents events = new SampleEvents(keyConfigs(), format, seed);
    StatusLine line = StatusLine.onStandardError();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    long started = System.nanoTime();
    long sent = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.client(DEFAULTS), new ByteArraySerializer(), new ByteArraySerializer())) {
      while (sent < count && failure.get() == null) {
        pace(started, sent);
        SampleEvent event = events.get(sent, System.currentTimeMillis());
        producer.send(
            new ProducerRecord<>(topic, event.key(), event.value()),
            (metadata, e) -> failure.compareAndSet(null, e));
        sent++;
        if ((sent & 0xFF) == 0 || rate != null) {
          line.show(ProgressBar.of(sent, count, System.nanoTime() - started));
        }
      }
      producer.flush();
    }
    Exception failed = failure.get();
    if (failed != null) {
      line.message(
          "error: topic " + topic + " on " + kafka.bootstrapServers + ": " + failed.getMessage());
      return 1;
    }
    line.end(ProgressBar.of(sent, count, System.nanoTime() - started));
    return 0;
  }

  private void pace(long started, long sent) {
    if (rate != null) {
      long due = started + (long) (sent * 1e9 / rate);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
    }
  }

  private List<KeyConfig> keyConfigs() {
    if (keys.isEmpty()) {
      return SampleKeyConfigs.all();
    }
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(keys, problems);
    if (!problems.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), String.join(System.lineSeparator(), problems));
    }
    return configs;
  }
}
