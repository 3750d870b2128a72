package io.embeddingexport.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.cli.Main;
import io.embeddingexport.it.BrokerProcess;
import io.embeddingexport.it.ThreadLeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's five-minute tour, command by command, each a process of its own. */
@ExtendWith(ThreadLeakCheck.class)
class ReadmeTourIT {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private int commands;

  @Test
  void theTourOfTheReadmeWorks() throws Exception {
    String tour = tour();
    try (BrokerProcess broker = BrokerProcess.start()) {
      createTopics(tour, broker);

      List<String> outputs = new ArrayList<>();
      for (String command : commands(tour)) {
        outputs.add(run(command, broker));
      }

      assertThat(outputs).hasSize(4);
      assertThat(outputs.get(0)).contains("'user'", "'item'", "'query'");
      assertThat(jsonLines(outputs.get(3)))
          .hasSize(3)
          .allSatisfy(
              record -> {
                assertThat(record.toString()).contains("data-records", "_embedding");
                assertThat(record.toString()).contains("embedding-events:");
              });
      // The run has ended with all of it committed, so there are records for 1,000 events.
      assertThat(jsonLines(run("bin/embedding-export peek data-records --no-follow", broker)))
          .hasSize(1_000);
    }
  }

  private static String tour() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf("## A five-minute tour\n");
    return readme.substring(from, readme.indexOf("\n## ", from + 1));
  }

  private static List<String> commands(String tour) {
    return tour.lines().filter(line -> line.startsWith("bin/embedding-export ")).toList();
  }

  /** Does what the {@code kafka-topics.sh} lines do. */
  private static void createTopics(String tour, BrokerProcess broker) throws Exception {
    List<NewTopic> topics = new ArrayList<>();
    for (String line : tour.lines().filter(l -> l.startsWith("kafka-topics.sh")).toList()) {
      String config = option(line, "--config", "");
      topics.add(
          new NewTopic(
                  option(line, "--topic", ""),
                  Integer.parseInt(option(line, "--partitions", "1")),
                  (short) 1)
              .configs(
                  config.isEmpty()
                      ? Map.of()
                      : Map.of(config.split("=")[0], config.split("=")[1])));
    }
    assertThat(topics).hasSize(3);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(topics).all().get();
    }
  }

  private static String option(String line, String name, String otherwise) {
    Matcher matcher = Pattern.compile(name + " (\\S+)").matcher(line);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  /** As {@code bin/embedding-export} runs it, against this broker instead of localhost:9092. */
  private String run(String line, BrokerProcess broker) throws InterruptedException {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" +")));
    words.remove(0);
    switch (words.get(0)) {
      case "produce", "peek" ->
          words.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
      case "run" ->
          words.addAll(
              List.of("-v", "--set", "kafka.bootstrap-servers=" + broker.bootstrapServers()));
      default -> {}
    }
    List<String> java = new ArrayList<>();
    for (String name : List.of("lang", "util", "time", "net", "util.concurrent")) {
      java.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    java.add("-Dembedding-export.home=" + HOME);
    java.add("-Dlog4j2.configurationFile=" + HOME.resolve("etc/log4j2-cli.properties"));
    java.add("-cp");
    java.add(System.getProperty("java.class.path"));
    java.add(Main.class.getName());
    java.addAll(words);
    try (JavaProcess process =
        JavaProcess.start("command-" + ++commands, directory, HOME, Map.of(), java)) {
      return process.result();
    }
  }

  private static List<JsonNode> jsonLines(String output) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : output.lines().filter(l -> l.startsWith("{")).toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
