package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.flink.ThreadLeakCheck;
import io.embeddingexport.local.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's five-minute tour, command by command, each a process of its own. */
@ExtendWith(ThreadLeakCheck.class)
class ReadmeTourIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private final int port = FreePort.find();
  private int started;

  @Test
  void theTourOfTheReadmeWorks() throws Exception {
    List<String> tour = commands("A five-minute tour");
    assertThat(tour).hasSize(6).first().isEqualTo("bin/embedding-export broker");
    try (JavaProcess broker = start(tour.get(0) + " --port " + port)) {
      await("the broker")
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                broker.requireAlive();
                return broker.output().contains("A broker listens on");
              });

      assertThat(withoutTimes(run(tour.get(1)))).isEqualTo(withoutTimes(documentedChecks()));
      assertThat(run(tour.get(2))).contains("'user'", "'item'", "'query'");
      run(tour.get(3));
      assertThat(run(tour.get(4)))
          .contains("warning: replication: only one replica of embedding-events")
          .doesNotContain("ok: ");
      assertThat(jsonLines(run(tour.get(5))))
          .hasSize(3)
          .allSatisfy(
              record -> assertThat(record.toString()).contains("embedding-events:", "_embedding"));

      // The run has ended with all of it committed, so there are records for 1,000 events.
      assertThat(jsonLines(run("bin/embedding-export peek data-records --until latest")))
          .hasSize(1_000);
      theKeyConfigChangesWhileTheJobRuns();
    }
  }

  private void theKeyConfigChangesWhileTheJobRuns() throws Exception {
    List<String> change = commands("Change it while it runs");
    assertThat(change).hasSize(5);
    assertThat(run(change.get(0))).contains("published: model 'user', version 1");
    try (JavaProcess job = start(change.get(1));
        JavaProcess records = start(change.get(2))) {
      assertThat(run(change.get(3))).contains("user_history", "model 'user', version 2");
      run(change.get(4));
      await("records under the new version")
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                job.requireAlive();
                records.requireAlive();
                return records.output().contains("user_history");
              });
      assertThat(jsonLines(wholeLines(records.output())))
          .allSatisfy(
              record -> assertThat(record.at("/headers/ee.origin").asText()).startsWith("user@2 "));
    }
  }

  /** What docs/doctor.md says that the checks print, with this test's port. */
  private String documentedChecks() throws IOException {
    String page = Files.readString(Path.of("docs/doctor.md"));
    int from = page.indexOf("```text\n") + "```text\n".length();
    return page.substring(from, page.indexOf("```", from)).replace("localhost:9092", address());
  }

  private static String withoutTimes(String output) {
    return output.replaceAll("within \\d+ ms", "within a moment");
  }

  private static List<String> commands(String section) throws IOException {
    return section(section)
        .lines()
        .filter(line -> line.startsWith("bin/embedding-export "))
        .toList();
  }

  private static String section(String title) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf("## " + title + "\n");
    return readme.substring(from, readme.indexOf("\n## ", from + 1));
  }

  private String run(String line) throws InterruptedException {
    try (JavaProcess process = start(line)) {
      return process.result();
    }
  }

  /** As {@code bin/embedding-export} does, with this test's port instead of 9092. */
  private JavaProcess start(String line) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" +")));
    words.remove(0);
    switch (words.get(0)) {
      case "keys" -> {
        if (words.get(1).equals("publish")) {
          words.addAll(List.of("--bootstrap-servers", address()));
        }
      }
      case "produce", "peek" -> words.addAll(List.of("--bootstrap-servers", address()));
      case "doctor", "run" ->
          words.addAll(List.of("--set", "kafka.bootstrap-servers=" + address()));
      default -> {}
    }
    return CommandProcess.start("command-" + ++started, directory, words);
  }

  /** The output of a process that goes on: its last line may not be whole. */
  private static String wholeLines(String output) {
    return output.substring(0, output.lastIndexOf('\n') + 1);
  }

  private String address() {
    return "localhost:" + port;
  }

  private static List<JsonNode> jsonLines(String output) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : output.lines().filter(l -> l.startsWith("{")).toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
