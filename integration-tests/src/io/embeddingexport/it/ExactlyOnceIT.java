package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.flink.ExportOperator;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.OutputTypeInfo;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.sink.OutputOperator;
import io.embeddingexport.kafka.source.InputSource;
import io.embeddingexport.local.FlinkCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost, doubled or reordered, whatever dies on the way. */
@ExtendWith(SharedBroker.class)
class ExactlyOnceIT {
  @RegisterExtension
  @Order(0)
  static final ThreadLeakCheck THREADS = new ThreadLeakCheck();

  private static final int ROUND = 3_000;
  private static final int ENTITIES = 50;
  private static final int BAD_EVERY = 100;

  private final Kafka kafka;
  private FlinkCluster cluster;
  private String input;
  private String output;
  private String deadLetters;
  private Map<String, String> options;
  private int sent;

  ExactlyOnceIT(Kafka kafka) {
    this.kafka = kafka;
  }

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    cluster = FlinkCluster.start(2, 1, 0);
    input = kafka.createTopic("events", 4);
    output = kafka.createTopic("records", 4);
    deadLetters = kafka.createTopic("letters", 2);
    Path keys = Events.write(directory, Events.keyConfig("m", 1, 7));
    options = ExportJob.options(kafka, input, output, deadLetters, keys);
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
  }

  @Test
  void givenTaskManagersKilledRoundAfterRoundThenEachEventComesOutOnceAndInOrder()
      throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      for (int round = 0; round < 3; round++) {
        send(ROUND);
        job.awaitCheckpoints(1);
        send(ROUND);
        cluster.replaceTaskManager(round);
        send(ROUND);
        job.awaitRestarts(round + 1);
      }
      requireEachOnceInOrder();
    }
  }

  @Test
  void givenATaskThatFailsInTheMiddleOfTransactionsThenEachEventComesOutOnceAndInOrder()
      throws Exception {
    FailingMap.failures.set(4);
    try (ExportJob job = startWithFailures()) {
      send(2 * ROUND);
      job.awaitRestarts(1);
      send(ROUND);
      requireEachOnceInOrder();
      assertThat(FailingMap.failures).hasValue(0);
    }
  }

  @Test
  void givenABrokerThatIsKilledThenEachEventComesOutOnceAndInOrder() throws Exception {
    try (ExportJob job = ExportJob.start(cluster, options)) {
      send(ROUND);
      job.awaitCheckpoints(1);
      send(ROUND);
      kafka.broker().kill();
      kafka.broker().restart();
      send(ROUND);
      requireEachOnceInOrder();
      assertThat(job.progress().status()).isEqualTo(JobStatus.RUNNING);
    }
  }

  /** Event i is of entity i mod 50 and holds i. */
  private void send(int count) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = sent; i < sent + count; i++) {
      byte[] value =
          i % BAD_EVERY == 0 ? ("bad " + i).getBytes(UTF_8) : Events.event("m", i % ENTITIES, i, 0);
      messages.add(Events.message(input, "entity-" + i % ENTITIES, value));
    }
    sent += count;
    kafka.send(messages);
  }

  private void requireEachOnceInOrder() {
    int bad = (sent + BAD_EVERY - 1) / BAD_EVERY;
    kafka.awaitCommitted(output, sent - bad);
    kafka.awaitCommitted(deadLetters, bad);

    List<Integer> numbers = new ArrayList<>();
    Map<String, Integer> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(output)) {
      int number = (int) Events.firstFloat(record.value());
      numbers.add(number);
      String key = new String(record.key(), UTF_8);
      assertThat(key).isEqualTo("entity-" + number % ENTITIES);
      Integer before = last.put(key, number);
      assertThat(number).as("number after %s of %s", before, key).isGreaterThan(orMinusOne(before));
    }
    List<Integer> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> letter : kafka.committed(deadLetters)) {
      letters.add(Integer.valueOf(new String(letter.value(), UTF_8).substring("bad ".length())));
    }
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, sent).filter(i -> i % BAD_EVERY != 0).boxed().toList());
    assertThat(letters)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, sent).filter(i -> i % BAD_EVERY == 0).boxed().toList());
  }

  private static int orMinusOne(Integer number) {
    return number == null ? -1 : number;
  }

  /** The job's own source, export and sink, and between them a map that fails. */
  private ExportJob startWithFailures() throws Exception {
    JobSettings settings = JobSettings.of(Configuration.fromMap(options));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(settings.flink());
    PositionSettings positions = settings.positions(RunIdentity.create(), settings.flink());
    env.fromSource(
            InputSource.of(settings.source(), positions, settings.starts()),
            WatermarkStrategy.noWatermarks(),
            "source")
        .transform(
            "export",
            OutputTypeInfo.INSTANCE,
            new ExportOperator(
                new ExportFunction(settings.inputs(), settings.limits(), settings.keyConfigs())))
        .map(new FailingMap())
        .returns(OutputTypeInfo.INSTANCE)
        .transform("outputs", Types.VOID, new OutputOperator(settings.sink(), positions));
    return new ExportJob(cluster, cluster.submit(env, "failing", null), null);
  }

  /** Fails after every 700 decisions, as often as asked for. */
  private static final class FailingMap implements MapFunction<Output, Output> {
    private static final long serialVersionUID = 1;
    static final AtomicInteger failures = new AtomicInteger();
    private int seen;

    @Override
    public Output map(Output output) {
      if (output instanceof Decision
          && ++seen % 700 == 0
          && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("a failure on purpose");
      }
      return output;
    }
  }
}
