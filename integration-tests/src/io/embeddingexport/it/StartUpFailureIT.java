package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.Main;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What cannot work is said at once and in one line each, before a job is submitted. */
@ExtendWith(SharedBroker.class)
class StartUpFailureIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private final Kafka kafka;

  @TempDir private Path directory;

  StartUpFailureIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @Test
  void givenMissingTopicsThenEachIsNamedWithTheCommandThatCreatesIt() {
    Map<String, String> options = options("no-events", "no-records", "no-letters");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text())
        .contains("no-events", "no-records", "no-letters", "create", kafka.bootstrapServers())
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void givenAnUnreachableBrokerThenItIsNamedAfterTheTimeout() throws Exception {
    Map<String, String> options = options("events", "records", "letters");
    String nobody = "127.0.0.1:" + FreePort.find();
    options.put("kafka.bootstrap-servers", nobody);
    options.put("preflight.timeout", "2 s");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text())
        .contains("nothing listens at " + nobody, "check that the broker runs")
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void givenATransactionTimeoutAboveTheBrokersThenBothAreNamed() {
    Map<String, String> options =
        options(
            kafka.createTopic("events", 1),
            kafka.createTopic("records", 1),
            kafka.createTopic("letters", 1));
    options.put("output.transaction-timeout", "1 h");

    Failure failure = run(options);

    assertThat(failure.status()).isNotZero();
    assertThat(failure.text())
        .contains("1 h: the brokers allow 15 min", "transaction.max.timeout.ms");
  }

  /**
   * Without preflight the start of the source and the first task find out, whichever comes first.
   * Kafka's own message names neither topic nor remedy.
   */
  @Test
  void givenNoPreflightAndNoKeyConfigTopicThenTheJobFailsWithTheCommandThatCreatesIt() {
    Map<String, String> options =
        followingWithoutPreflight(
            kafka.createTopic("events", 1),
            kafka.createTopic("records", 1),
            kafka.createTopic("letters", 1));

    Failure failure = runJob(options);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .contains("error: the job failed: ", "no-configs", kafka.bootstrapServers())
        .containsAnyOf(
            "create it: kafka-topics.sh --bootstrap-server "
                + kafka.bootstrapServers()
                + " --create --topic no-configs --partitions 1 --config cleanup.policy=compact",
            "create it: bin/embedding-export topics create --config FILE")
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(40));
  }

  /** The key configs are missed first: their timeout is the shorter one. */
  @Test
  void givenNoPreflightAndNoBrokerThenTheJobFailsAfterTheStartTimeout() throws Exception {
    String nobody = "127.0.0.1:" + FreePort.find();
    Map<String, String> options = followingWithoutPreflight("events", "records", "letters");
    options.put("kafka.bootstrap-servers", nobody);
    options.put("output.delivery-guarantee", "at-least-once");
    options.put("key-config.start-timeout", "2 s");

    Failure failure = runJob(options);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .contains(
            "error: the job failed: key-config.topic = no-configs at " + nobody,
            "no broker answers: nothing listens at " + nobody,
            "check that the broker runs")
        .doesNotContain("\tat ");
    assertThat(failure.took()).isLessThan(Duration.ofSeconds(40));
  }

  @Test
  void givenNoPreflightAndNoBrokerThenTheStartSaysSo() throws Exception {
    String nobody = "127.0.0.1:" + FreePort.find();
    Map<String, String> options = followingWithoutPreflight("events", "records", "letters");
    options.put("kafka.bootstrap-servers", nobody);
    options.put("kafka.sink.max.block.ms", "3000");

    Failure failure = runJob(options);

    assertThat(failure.status()).isEqualTo(1);
    assertThat(failure.text())
        .contains(
            "error: the job failed: kafka.bootstrap-servers = " + nobody,
            "nothing listens at " + nobody,
            "check that the broker runs")
        .doesNotContain("\tat ");
  }

  private Map<String, String> followingWithoutPreflight(
      String input, String output, String deadLetters) {
    Map<String, String> options = options(input, output, deadLetters);
    options.put("preflight.enabled", "false");
    options.put("key-config.topic", "no-configs");
    options.put("flink.restart-strategy.type", "none");
    // Or the source's admin client would wait a minute for brokers when the job is over.
    options.put("kafka.client.request.timeout.ms", "2000");
    options.put("kafka.client.default.api.timeout.ms", "4000");
    return options;
  }

  private Map<String, String> options(String input, String output, String deadLetters) {
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    return ExportJob.options(kafka, input, output, deadLetters, keys);
  }

  private record Failure(int status, String text, Duration took) {}

  /** Runs the command {@code run} with these options. */
  private static Failure run(Map<String, String> options) {
    StringWriter text = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
    List<String> arguments = new ArrayList<>(List.of("run"));
    options.forEach(
        (key, value) -> {
          arguments.add("--set");
          arguments.add(key + "=" + value);
        });
    long start = System.nanoTime();
    int status = commandLine.execute(arguments.toArray(String[]::new));
    return new Failure(status, text.toString(), Duration.ofNanos(System.nanoTime() - start));
  }

  /** As {@link #run}; a job that has started says on standard error what becomes of it. */
  private static Failure runJob(Map<String, String> options) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(text, true, UTF_8));
    try {
      Failure failure = run(options);
      return new Failure(failure.status(), text.toString(UTF_8), failure.took());
    } finally {
      System.setErr(console);
    }
  }
}
