package io.embeddingexport.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.cli.topics.NeededTopics.Needed;
import io.embeddingexport.job.options.JobSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeededTopicsTest {

  @Test
  void everyTopicThatTheJobNamesIsNeededOnceWithItsSettings(@TempDir Path directory)
      throws Exception {
    Path keys =
        Files.writeString(
            directory.resolve("keys.yaml"),
            """
            model: user
            version: 1
            output-topic: of-users
            keys: [{name: e, key: 42, dtype: FLOAT, shape: [4]}]
            ---
            model: item
            version: 1
            keys: [{name: e, key: 42, dtype: FLOAT, shape: [4]}]
            """);
    JobSettings settings =
        JobSettings.of(
            Configuration.fromMap(
                Map.of(
                    "kafka.bootstrap-servers", "localhost:9092",
                    "input.topic", "a;b",
                    "output.topic", "records",
                    "dead-letter.topic", "letters",
                    "key-config.topic", "configs",
                    "key-config.files", keys.toString())));

    assertThat(NeededTopics.of(settings))
        .containsExactly(
            new Needed("a", 0, Map.of()),
            new Needed("b", 0, Map.of()),
            new Needed("configs", 1, Map.of("cleanup.policy", "compact")),
            new Needed("records", 0, Map.of()),
            new Needed("of-users", 0, Map.of()),
            new Needed("letters", 0, Map.of("cleanup.policy", "delete")));
  }

  @Test
  void givenLargerRecordsThanAStockBrokerTakesThenTheirTopicsTakeThem() throws Exception {
    JobSettings settings =
        JobSettings.of(
            Configuration.fromMap(
                Map.of(
                    "kafka.bootstrap-servers", "localhost:9092",
                    "input.topic", "a",
                    "output.topic", "records",
                    "dead-letter.topic", "letters",
                    "key-config.topic", "configs",
                    "record.max-bytes", "4mb")));

    assertThat(NeededTopics.of(settings))
        .contains(new Needed("records", 0, Map.of("max.message.bytes", "4210688")));
  }

  @Test
  void aDeadLetterIsLargerThanItsLargestInput() {
    assertThat(NeededTopics.largestDeadLetter(List.of(1_000_000L, 9_000_000L)))
        .isEqualTo(9_065_536);
    assertThat(NeededTopics.largestDeadLetter(List.of())).as("none seen").isEqualTo(1_114_124);
    assertThat(NeededTopics.largestDeadLetter(List.of((long) Integer.MAX_VALUE)))
        .isEqualTo(Integer.MAX_VALUE);
  }
}
