package io.embeddingexport.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigurationTest {
  @TempDir Path directory;

  @Test
  void nestedAndDottedKeysShouldMeanTheSame() throws Exception {
    Configuration options =
        load(
            """
            input: {topic: events, format: json}
            output.topic: records
            kafka:
              sink.linger.ms: 5
              sink: {batch.size: 1}
            """);

    assertThat(options.toMap())
        .containsEntry("input.topic", "events")
        .containsEntry("input.format", "json")
        .containsEntry("output.topic", "records")
        .containsEntry("kafka.sink.linger.ms", "5")
        .containsEntry("kafka.sink.batch.size", "1");
  }

  @Test
  void aSetShouldGoOverTheFile() throws Exception {
    assertThat(load("input.topic: a", "input.topic=b", "job.name=x=y").toMap())
        .containsEntry("input.topic", "b")
        .containsEntry("job.name", "x=y");
  }

  @Test
  void listsShouldBeReadFromYamlAndFromText() throws Exception {
    assertThat(load("input.topic: [a, b]").get(JobOptions.INPUT_TOPIC)).containsExactly("a", "b");
    assertThat(load("input.topic: a").get(JobOptions.INPUT_TOPIC)).containsExactly("a");
    assertThat(load("job.name: x", "input.topic=a;b").get(JobOptions.INPUT_TOPIC))
        .containsExactly("a", "b");
  }

  @Test
  void keyConfigFilesShouldStartAtTheFilesDirectoryAndAtTheCurrentOneInASet() throws Exception {
    assertThat(load("key-config.files: [a.yaml, /b.yaml]").get(JobOptions.KEY_CONFIG_FILES))
        .containsExactly(directory.resolve("a.yaml").toString(), "/b.yaml");
    assertThat(load("job.name: x", "key-config.files=c.yaml").get(JobOptions.KEY_CONFIG_FILES))
        .containsExactly("c.yaml");
  }

  @Test
  void badFilesAndSetsShouldBeNamed() throws IOException {
    assertProblem("- a", "holds no options");
    assertProblem("", "holds no options");
    assertProblem("input.topic:", "input.topic: has no value");
    assertProblem("input.topic: a\ninput: {topic: b}", "input.topic: stands there twice");
    assertProblem("a: b\na: c", "line 2");
    assertProblem("a: [", "line");
    assertProblem("job.name: x", "--set topic: write --set key=value", "topic");
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> JobConfiguration.load(directory.resolve("none.yaml"), List.of()))
        .withMessageContaining("none.yaml: cannot be read");
  }

  private void assertProblem(String yaml, String problem, String... sets) {
    assertThatExceptionOfType(InvalidOptionsException.class)
        .isThrownBy(() -> load(yaml, sets))
        .withMessageContaining(problem);
  }

  private Configuration load(String yaml, String... sets) throws Exception {
    Path file = Files.writeString(directory.resolve("job.yaml"), yaml);
    return JobConfiguration.load(file, List.of(sets));
  }
}
