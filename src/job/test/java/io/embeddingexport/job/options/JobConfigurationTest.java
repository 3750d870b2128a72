package io.embeddingexport.job.options;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {"0123", "1.10", "1e3", "0x1F", "1_000", "0b11", "+5", "00", "1.0e2", "007.5"})
  void aNumberThatYamlReadsAsAnotherTextShouldBeRefusedUnlessQuoted(String number)
      throws Exception {
    assertThat(problems("job.name: " + number))
        .containsExactly(
            "job.yaml, line 1: job.name: YAML would read this number differently; put it in"
                + " quotes");
    assertThat(load("job.name: \"" + number + "\"").toMap()).containsEntry("job.name", number);
    assertThat(load("job.name: '" + number + "'").toMap()).containsEntry("job.name", number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "83",
        "-1",
        "1.5",
        "0.25",
        "3.0",
        "y",
        "true",
        "false",
        "12:30:45",
        "2026-01-31",
        "1 s",
        "5mb",
        "é",
        "1.2.3",
        "99999999999999999999"
      })
  void anyOtherScalarShouldBeTheTextThatIsWritten(String text) throws Exception {
    assertThat(load("job.name: " + text).toMap()).containsEntry("job.name", text);
    assertThat(load("input.topic: [a, " + text + "]").get(JobOptions.INPUT_TOPIC))
        .containsExactly("a", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off", "yes", "No", "True", "FALSE"})
  void aWordThatYamlReadsAsTrueOrFalseShouldBeRefusedUnlessQuoted(String word) throws Exception {
    assertThat(problems("job.name: " + word))
        .containsExactly(
            "job.yaml, line 1: job.name: write true or false in lower case, or put it in quotes");
    assertThat(load("job.name: '" + word + "'").toMap()).containsEntry("job.name", word);
  }

  @Test
  void aPasswordShouldNotBeShown() {
    assertThat(problems("kafka.client.ssl.key.password: 0755"))
        .singleElement()
        .asString()
        .doesNotContain("755", "493");
  }

  @Test
  void everyProblemShouldBeNamedAtOnceWithItsLineAndANearName() {
    assertThat(
            problems(
                """
                input:
                  topci: events
                kafka:
                  client:
                    security.protocl: SSL
                  source: {fetch.min.byte: 5}
                flink.execution.checkpointing.intervall: 1 s
                parallelism.default: 2
                job.name: 010
                """,
                "otput.topic=x"))
        .containsExactly(
            "job.yaml, line 9: job.name: YAML would read this number differently; put it in quotes",
            "job.yaml, line 7: flink.execution.checkpointing.intervall: no such option; did you"
                + " mean 'flink.execution.checkpointing.interval'?",
            "job.yaml, line 2: input.topci: no such option; did you mean 'input.topic'?",
            "job.yaml, line 5: kafka.client.security.protocl: no such option; did you mean"
                + " 'kafka.client.security.protocol'?",
            "job.yaml, line 6: kafka.source.fetch.min.byte: no such option; did you mean"
                + " 'kafka.source.fetch.min.bytes'?",
            "--set: otput.topic: no such option; did you mean 'output.topic'?",
            "job.yaml, line 8: parallelism.default: no such option; did you mean"
                + " 'flink.parallelism.default'?");
  }

  @Test
  void aNameThatIsFarFromAllShouldSayHowAPluginsNameIsAllowed() throws Exception {
    String options = "kafka.client.acme.token.url: http://x\nflink.acme.plugin.size: 5\n";
    assertThat(problems(options))
        .hasSize(2)
        .allMatch(problem -> problem.contains("--set allow-unknown="));

    assertThat(load(options, "allow-unknown=kafka.client.acme.*;flink.acme.plugin.size").toMap())
        .containsEntry("kafka.client.acme.token.url", "http://x")
        .containsEntry("flink.acme.plugin.size", "5");
    assertThat(problems(options, "allow-unknown=kafka.client.acme.*")).hasSize(1);
  }

  @Test
  void thePropertiesOfAConfigProviderShouldBeKnownIfTheProviderIsNamed() throws Exception {
    String properties =
        """
        kafka.client.config.providers.file.class: F
        kafka.client.config.providers.file.param.allowed.paths: /run/secrets
        kafka.sink.config.providers.dir.class: D
        """;
    assertThat(load("kafka.client.config.providers: file, dir\n" + properties).toMap())
        .containsEntry("kafka.client.config.providers.file.param.allowed.paths", "/run/secrets");

    assertThat(problems("kafka.client.config.providers: file\n" + properties))
        .hasSize(1)
        .allMatch(problem -> problem.contains("kafka.sink.config.providers.dir.class: no such"));
    assertThat(
            problems(
                "kafka.client.config.providers: [file]\n"
                    + "kafka.client.config.providers.file.clas: F\n"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flink.metrics.reporter.prom.port",
        "flink.s3.access-key",
        "flink.state.backend.rocksdb.block.cache-size",
        "flink.execution.checkpointing.interval",
        "flink.state.savepoints.dir",
        "kafka.client.sasl.jaas.config",
        "kafka.sink.linger.ms",
        "kafka.source.max.poll.records",
      })
  void namesOfFlinkKafkaAndTheirPluginsShouldBeKnown(String name) throws Exception {
    assertThat(load(name + ": x").toMap()).containsKey(name);
  }

  @Test
  void badFilesAndSetsShouldBeNamed() {
    assertProblem("- a", "job.yaml, line 1: has no options");
    assertProblem("", "job.yaml, line 1: has no options");
    assertProblem("input.topic:", "job.yaml, line 1: input.topic: has no value");
    assertProblem("input.topic: ~", "job.yaml, line 1: input.topic: has no value");
    assertProblem("input.topic: [a, {b: c}]", "line 1: input.topic: a list contains a mapping");
    assertProblem(
        "input.topic: a\ninput: {topic: b}", "line 2: input.topic: is also on line 1; keep one");
    assertProblem("a: b\na: c", "job.yaml, line 2: a: given twice; remove one");
    assertProblem(
        "job.name: a\n---\njob.name: b", "line 3: a second document begins here; keep" + " one");
    assertProblem("job.name: &x a\ninput.topic: *x", "line 2: input.topic: the alias *x");
    assertProblem("input:\n\ttopic: a", "job.yaml, line 2: not valid YAML: a tab; indent with");
    assertProblem("a: [", "job.yaml, line 1: not valid YAML");
    assertProblem("job.name: x", "--set topic: write --set name=value", "topic");
    assertThat(JobConfiguration.read(directory.resolve("none.yaml"), List.of()).problems())
        .containsExactly(
            "none.yaml: no such file: " + directory.resolve("none.yaml") + "; check --config");
  }

  @Test
  void otherEncodingsShouldBeNamed() throws Exception {
    Path file = directory.resolve("job.yaml");
    for (Charset utf16 : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
      Files.writeString(file, "job.name: x", utf16);
      assertThat(JobConfiguration.read(file, List.of()).problems())
          .containsExactly("job.yaml: the text is UTF-16; save it as UTF-8");
    }
    Files.writeString(file, "\ufeffjob.name: x");
    assertThat(JobConfiguration.read(file, List.of()).wellFormed().toMap())
        .containsEntry("job.name", "x");
    Files.writeString(file, "\ufeff{\"job.name\": \"x\"}");
    assertThat(JobConfiguration.read(file, List.of()).wellFormed().toMap())
        .containsEntry("job.name", "x");
  }

  private void assertProblem(String yaml, String problem, String... sets) {
    assertThat(problems(yaml, sets)).anySatisfy(found -> assertThat(found).contains(problem));
  }

  private List<String> problems(String yaml, String... sets) {
    InvalidOptionsException refused =
        catchThrowableOfType(InvalidOptionsException.class, () -> load(yaml, sets));
    assertThat(refused).as(yaml).isNotNull();
    return refused.problems();
  }

  private Configuration load(String yaml, String... sets) throws Exception {
    Path file = Files.writeString(directory.resolve("job.yaml"), yaml);
    return JobConfiguration.read(file, List.of(sets)).wellFormed();
  }
}
