package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every codec of Kafka, through every command that reads or writes messages. */
@ExtendWith(ThreadLeakCheck.class)
class CodecsIT {
  private static final List<String> CODECS = List.of("gzip", "snappy", "lz4", "zstd");

  @TempDir private Path directory;

  private final String servers = "localhost:" + FreePort.find();
  private int started;

  @Test
  void everyCommandReadsAndWritesEveryCodec() throws Exception {
    String records =
        CODECS.stream().map(codec -> "records-" + codec).collect(Collectors.joining(","));
    String port = servers.replace("localhost:", "");
    try (JavaProcess broker = start("broker --port " + port + " --topic " + records)) {
      await("the broker")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                broker.requireAlive();
                return broker.output().contains("A broker listens on");
              });
      createLetterTopics();
      for (String codec : CODECS) {
        run(
            "keys publish --create --topic keys-%s -P compression.type=%s -b %s etc/samples/keys"
                .formatted(codec, codec, servers));
        run(
            "produce --create 1 --topic events-%s --count 25 -P compression.type=%s -b %s"
                .formatted(codec, codec, servers));
        assertThat(run("keys list --topic keys-" + codec + " -b " + servers)).contains("user");
        export(codec);
      }
      List<String> peek = new ArrayList<>(List.of("peek", "--until", "latest", "-b", servers));
      CODECS.forEach(codec -> peek.add("records-" + codec));
      assertThat(run(String.join(" ", peek)).lines().filter(line -> line.startsWith("{")))
          .hasSize(25 * CODECS.size());
    }
  }

  private void createLetterTopics() throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String codec : CODECS) {
      topics.add(
          new NewTopic("letters-" + codec, 1, (short) 1)
              .configs(Map.of("max.message.bytes", "2000000")));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(topics).all().get(1, TimeUnit.MINUTES);
    }
  }

  private void export(String codec) throws InterruptedException {
    run(
        Stream.of(
                "kafka.bootstrap-servers=" + servers,
                "job.name=" + codec,
                "input.topic=events-" + codec,
                "key-config.topic=keys-" + codec,
                "output.topic=records-" + codec,
                "dead-letter.topic=letters-" + codec,
                "kafka.sink.compression.type=" + codec,
                "flink.execution.checkpointing.interval=1s")
            .collect(Collectors.joining(" --set ", "run --until latest --set ", "")));
  }

  private String run(String line) throws InterruptedException {
    try (JavaProcess process = start(line)) {
      return process.result();
    }
  }

  private JavaProcess start(String line) {
    return CommandProcess.start("command-" + ++started, directory, Arrays.asList(line.split(" +")));
  }
}
