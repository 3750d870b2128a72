package io.embeddingexport.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.local.FlinkCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dead letters of two models, whose cause is mended, are replayed by processes that are killed:
 * each becomes one record, and what is still wrong stays where it is.
 *
 * <p>{@code -Dreplay.letters=N} sets the number of letters; {@code .ci/long replay} takes a
 * million.
 */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class DeadLetterReplayIT {
  private static final int EACH = Integer.getInteger("replay.letters", 4000) / 2;
  private static final int BATCH = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  /** One in so many events of a partition cannot be mended. */
  private static final int BAD_EVERY = 500;

  private final Kafka kafka;
  private final FlinkCluster cluster;
  @TempDir private Path directory;
  private String input;
  private String output;
  private String letters;
  private Map<String, String> options;

  DeadLetterReplayIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @BeforeEach
  void create() {
    input = kafka.createTopic("events", 2);
    output = kafka.createTopic("records", 2);
    letters = kafka.createTopic("letters", 2, Map.of("max.message.bytes", "1114124"));
    String wrong = Events.keyConfig("m", 1, 7).replace("[2]", "[3]");
    options =
        ExportJob.options(
            kafka, input, output, letters, Events.write(directory.resolve("before"), wrong));
    options.put("output.forward-headers", "trace");
  }

  @Test
  void killedTwiceEachLetterComesOutOnceAndTheRestStays() throws Exception {
    reject(0, EACH / 2);
    Path log = directory.resolve("replay.log");
    Tool tool;
    try (KafkaProducer<byte[], byte[]> other = transaction()) {
      // Readers of committed messages come no further than an open transaction.
      other.send(new ProducerRecord<>(letters, 0, null, new byte[0])).get();
      reject(EACH / 2, EACH);
      tool = mended();
      long readable = count(letter -> !isBad(letter));
      assertThat(readable).isBetween(1L, 2L * EACH - 1);

      // Killed with what it has written in a transaction that is open, unless it is very fast.
      Process first = start(tool, log, "--set", "flink.execution.checkpointing.interval=2 min");
      try {
        kafka.awaitWritten(output, 1);
      } finally {
        first.destroyForcibly().onExit().join();
      }
      try (SeenOrigins seen = seen()) {
        // Killed between two commits.
        Process second = start(tool, log);
        try {
          await(readable + " records")
              .atMost(PATIENCE)
              .until(() -> seen.poll().records() >= readable || !second.isAlive());
        } finally {
          second.destroyForcibly().onExit().join();
        }
        assertThat(seen.poll().records()).as(text(log)).isEqualTo(readable);
      }
      other.abortTransaction();
    }

    assertThat(exitCode(start(tool, log))).as(text(log)).isZero();
    assertEachCameOutOnce();
    assertThat(text(log))
        .containsPattern("letters stay \\((shape|undecodable) \\d+, (shape|undecodable) ");

    assertThat(exitCode(start(tool, log))).isZero();
    assertThat(text(log)).contains("nothing left: the end of the topic is reached");
    assertEachCameOutOnce();
    assertThat(count(letter -> true)).isEqualTo(2L * EACH);
  }

  /** How many of the letters that can be read. */
  private long count(Predicate<ConsumerRecord<byte[], byte[]>> which) {
    LongAdder count = new LongAdder();
    kafka.read(letters, letter -> count.add(which.test(letter) ? 1 : 0));
    return count.sum();
  }

  private void assertEachCameOutOnce() {
    try (SeenOrigins seen = seen()) {
      seen.poll();
      assertThat(seen.repeats()).isZero();
      for (int partition = 0; partition < 2; partition++) {
        BitSet good = new BitSet();
        for (int i = 0; i < EACH; i++) {
          good.set(i, !isBad(partition, i));
        }
        assertThat(seen.of(partition)).isEqualTo(good);
      }
    }
  }

  /** Every record is as the job would have written it. */
  private SeenOrigins seen() {
    return new SeenOrigins(
        kafka,
        output,
        (record, origin) -> {
          int i = (int) origin.offset();
          assertThat(origin)
              .isEqualTo(new Origin(model(i), 2, input, origin.partition(), i, Origin.WHOLE));
          assertThat(record.headers().toArray())
              .extracting(Header::key)
              .containsExactly("trace", "ee.origin");
          assertThat(record.headers().lastHeader("trace").value()).isEqualTo(key(i));
          assertThat(record.key()).isEqualTo(key(i));
          assertThat(record.timestamp()).isEqualTo(time(i));
          assertThat(Events.firstFloat(record.value())).isEqualTo(i);
        });
  }

  @Test
  void theCommandsShowWhatIsThereAndWhatItWouldBecome() throws Exception {
    int each = Math.min(EACH, 1000);
    reject(0, each);
    Tool tool = mended();
    long good = 2L * each - 2L * (each / BAD_EVERY);

    assertThat(tool.run("dead-letters", "summary").out().lines())
        .anyMatch(
            line ->
                line.matches(
                    " *%s +shape +m +%s +.*Z +.*Z"
                        .formatted(thousands(each - each / BAD_EVERY), input)))
        .anyMatch(
            line ->
                line.matches(
                    " *%s +no-key-config +n +%s +.*Z +.*Z".formatted(thousands(each), input)))
        .anyMatch(
            line ->
                line.matches(
                    " *%s +undecodable +- +%s +.*Z +.*Z".formatted(each / BAD_EVERY, input)))
        .last()
        .isEqualTo(
            "%,d of %,d letters on topic %s (all letters)".formatted(2 * each, 2 * each, letters));

    String[] listed =
        tool.run("dead-letters", "list", "--reason", "undecodable", "-n", "1")
            .out()
            .lines()
            .toArray(String[]::new);
    assertThat(listed[1]).contains(input + ":0:", "undecodable");
    assertThat(listed).hasSize(3);

    String[] place = listed[1].strip().split(" +");
    assertThat(tool.run("dead-letters", "show", place[0], place[1]).out())
        .contains("reason  undecodable", "now     rejected, undecodable: byte ", "header  trace: k")
        .endsWith("value   1 byte\n  c\n   ^ byte 1\n");
    assertThat(tool.run("dead-letters", "show", input + ":1:0").out())
        .contains("reason  shape", "becomes a record of key config m version 2");

    String dry = tool.run("dead-letters", "replay", "--dry-run").out();
    assertThat(dry)
        .contains(
            "dry run: nothing is written; %,d would be replayed, %,d would stay"
                .formatted(good, 2L * each - good));
    assertThat(kafka.committed(output)).isEmpty();

    Path log = directory.resolve("filtered.log");
    assertThat(exitCode(start(tool, log, "--model", "n", "--reason", "no-key-config")))
        .as(text(log))
        .isZero();
    assertThat(kafka.committed(output)).hasSize(each - each / BAD_EVERY);
    Tool.Result other = tool.run("dead-letters", "replay", "--id", "friday", "--model", "n");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err())
        .contains("--id friday: that replay has begun with other filters than --model n");
  }

  private static String thousands(int number) {
    return "%,d".formatted(number);
  }

  /** Sends events and lets the job with the wrong key configs make letters of all of them. */
  private void reject(int from, int to) throws Exception {
    for (int next = from; next < to; next += BATCH) {
      send(next, Math.min(to, next + BATCH));
    }
    Map<String, String> bounded = new HashMap<>(options);
    bounded.put("input.until", "latest");
    try (ExportJob job = ExportJob.start(cluster, bounded)) {
      job.await(JobStatus.FINISHED);
    }
  }

  private void send(int from, int to) {
    List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int partition = 0; partition < 2; partition++) {
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(input, partition, time(i), key(i), event(partition, i));
        message.headers().add("trace", key(i)).add("other", null);
        messages.add(message);
      }
    }
    kafka.send(messages);
  }

  private static byte[] event(int partition, int i) {
    if (isBad(partition, i)) {
      return partition == 0 ? new byte[] {99} : Events.event(model(i), i, i, 0, 0, 0, 0);
    }
    return Events.event(model(i), i, i, 0);
  }

  private static boolean isBad(int partition, int i) {
    return i % BAD_EVERY == (partition == 0 ? 2 : 1);
  }

  private static boolean isBad(ConsumerRecord<byte[], byte[]> letter) {
    String partition = new String(letter.headers().lastHeader("ee.partition").value(), UTF_8);
    String offset = new String(letter.headers().lastHeader("ee.offset").value(), UTF_8);
    return isBad(Integer.parseInt(partition), Integer.parseInt(offset));
  }

  private static String model(int i) {
    return i % 2 == 0 ? "m" : "n";
  }

  private static byte[] key(int i) {
    return ("k" + i).getBytes(UTF_8);
  }

  private static long time(int i) {
    return 1_700_000_000_000L + i;
  }

  /** The command line, with key configs that fit the events. */
  private Tool mended() {
    Path keys =
        Events.write(
            directory.resolve("after"), Events.keyConfig("m", 2, 7), Events.keyConfig("n", 2, 8));
    options.put("key-config.files", keys.toString());
    return new Tool(directory.resolve("job.yaml"), options);
  }

  private static Process start(Tool tool, Path log, String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("dead-letters", "replay", "--id", "friday"));
    words.addAll(List.of(more));
    return tool.start(log, words.toArray(String[]::new));
  }

  private KafkaProducer<byte[], byte[]> transaction() {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                "other-" + letters,
                "transaction.timeout.ms",
                "900000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    return producer;
  }

  private static int exitCode(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("the command ends")
          .isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static String text(Path log) throws IOException {
    return Files.readString(log);
  }
}
