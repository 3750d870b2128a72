package io.embeddingexport.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsCheckTest {
  private static final int STOCK = 1_048_588;

  @TempDir Path directory;
  private Configuration options;
  private final Map<String, TopicState> topics = new HashMap<>();

  @BeforeEach
  void options() throws Exception {
    options = TestOptions.minimal(directory);
    topic("events", STOCK, false);
    topic("records", STOCK, true);
    topic("dead-letters", STOCK + 65_536, false);
  }

  @Test
  void givenRoomForDeadLettersThenNothingShouldBeFound() throws Exception {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aDeadLetterTopicThatTakesLessShouldBeAnErrorWithTheRemedy() throws Exception {
    topic("dead-letters", STOCK + 65_535, false);

    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.ERROR);
              assertThat(finding.text())
                  .contains("--entity-name dead-letters --add-config max.message.bytes=1114124");
            });
  }

  @Test
  void aCompactedDeadLetterTopicShouldBeAnError() throws Exception {
    topic("dead-letters", STOCK + 65_536, true);

    assertThat(findings())
        .singleElement()
        .asString()
        .contains("compacted", "cleanup.policy=delete");
  }

  @Test
  void aKeyConfigTopicThatDeletesShouldBeAnErrorWithTheRemedy() throws Exception {
    options.setString("key-config.topic", "configs");
    topics.put("configs", new TopicState("configs", STOCK, "compact"));
    assertThat(findings()).isEmpty();

    for (String policy : List.of("delete", "compact,delete")) {
      topics.put("configs", new TopicState("configs", STOCK, policy));
      assertThat(findings())
          .singleElement()
          .asString()
          .contains(
              "configs has cleanup.policy=" + policy,
              "--entity-name configs --add-config cleanup.policy=compact");
    }
  }

  @Test
  void deadLettersShouldHaveRoomForTheLargestKeyConfigToo() throws Exception {
    options.setString("key-config.topic", "configs");
    topics.put("configs", new TopicState("configs", STOCK + 1, "compact"));

    assertThat(findings()).singleElement().asString().contains("max.message.bytes=1114125");
  }

  @Test
  void aRequestSizeBelowTheLargestDeadLetterShouldBeAnError() throws Exception {
    options.setString("kafka.sink.max.request.size", "1048576");

    assertThat(findings()).singleElement().asString().contains("max.request.size = 1048576");
  }

  @Test
  void whatCannotBeSeenShouldNotBeCompared() throws Exception {
    topics.clear();
    topic("dead-letters", 1, false);

    assertThat(findings()).isEmpty();
  }

  private List<Finding> findings() throws Exception {
    JobSettings settings = JobSettings.of(options);
    List<Finding> findings = new ArrayList<>();
    TopicsCheck.compare(settings, topics, findings);
    return findings;
  }

  private void topic(String name, long maxMessageBytes, boolean compacted) {
    topics.put(name, new TopicState(name, maxMessageBytes, compacted ? "compact" : "delete"));
  }
}
