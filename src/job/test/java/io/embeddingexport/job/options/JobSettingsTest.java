package io.embeddingexport.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.keyconfig.KeyConfigTopicSettings;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.RunIdentity;
import io.embeddingexport.kafka.sink.DeliveryGuarantee;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSettingsTest {
  @TempDir Path directory;
  private Configuration options;

  @BeforeEach
  void options() throws Exception {
    options = TestOptions.minimal(directory);
  }

  @Test
  void theRequiredOptionsShouldBeEnough() throws Exception {
    JobSettings settings = JobSettings.of(options);

    assertThat(settings.source().topics()).containsExactly("events");
    assertThat(settings.source().groupId()).isEqualTo("embedding-export");
    assertThat(settings.source().from()).isEqualTo(new ReadPosition.Earliest());
    assertThat(settings.source().mustStartThere()).isFalse();
    assertThat(settings.source().until()).isNull();
    assertThat(settings.source().discoveryInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.source().properties()).containsEntry("isolation.level", "read_committed");
    assertThat(settings.inputs().get(0).parse().format()).isEqualTo(EventFormat.THRIFT);
    assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(settings.sink().transactionTimeout()).as("as checkpoints need it").isNull();
    assertThat(settings.sink().transactionalIdPrefix()).isEqualTo("embedding-export.");
    assertThat(settings.keyConfigs()).extracting("model").containsExactly("user");
    assertThat(settings.preflightTimeout()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void theGroupIsTheJobsNameUnlessItIsGiven() throws Exception {
    options.setString("job.name", "users");
    assertThat(JobSettings.of(options).source().groupId()).isEqualTo("users");
    assertThat(JobSettings.of(options).sink().transactionalIdPrefix()).isEqualTo("users.");

    options.setString("input.group-id", "g");
    assertThat(JobSettings.of(options).source().groupId()).isEqualTo("g");
  }

  @Test
  void positionsShouldHaveTheClientsDefaultsAndTheUsersPropertiesOverThem() throws Exception {
    options.setString("input.group-id", "g");
    options.setString("output.transactional-id-prefix", "p.");
    options.setString("output.transaction-timeout", "300 s");
    options.setString("kafka.source.max.poll.records", "1");
    options.setString("kafka.sink.batch.size", "1");
    RunIdentity run = RunIdentity.create();

    PositionSettings positions = JobSettings.of(options).positions(run, new Configuration());

    assertThat(positions.groupId()).isEqualTo("g");
    assertThat(positions.transactionalIdPrefix()).isEqualTo("p.");
    assertThat(positions.transactional()).isTrue();
    assertThat(positions.transactionTimeout()).isEqualTo(Duration.ofSeconds(300));
    assertThat(positions.run()).isEqualTo(run);
    assertThat(positions.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(positions.consumerProperties())
        .containsEntry("max.poll.records", "1")
        .containsEntry("max.partition.fetch.bytes", "4194304")
        .containsEntry("isolation.level", "read_committed");
    assertThat(positions.producerProperties())
        .containsEntry("batch.size", "1")
        .containsEntry("linger.ms", "10");
  }

  @Test
  void withoutATransactionTimeoutThereIsTheOneThatCheckpointsNeed() throws Exception {
    Configuration flink = FlinkDefaults.inForce(new Configuration(), new Configuration());

    assertThat(JobSettings.of(options).transactionTimeout(flink))
        .isEqualTo(Duration.ofSeconds(200));
  }

  @ParameterizedTest
  @CsvSource({"event.max-bytes, 3gb", "record.max-bytes, 2gb", "record.max-bytes, 5gb"})
  void aSizeThatNoArrayHasShouldBeRefusedWithTheLargestThatOneHas(String option, String size) {
    options.setString(option, size);

    assertThat(problems(options))
        .singleElement()
        .asString()
        .startsWith(option + " = " + size + ": must be 1 to 2147483639 bytes");
  }

  @Test
  void aTimeoutTooLongToCountInNanosecondsShouldBeRefused() {
    options.setString("preflight.timeout", "200000 d");

    assertThat(problems(options)).singleElement().asString().startsWith("preflight.timeout = ");
  }

  @Test
  void everyProblemShouldBeNamedAtOnce() {
    Configuration bad = new Configuration();
    bad.setString("input.fromat", "json");
    bad.setString("input.format", "xml");
    bad.setString("input.from", "nowhere");
    bad.setString("event.max-bytes", "0");
    bad.setString("output.topic", "a b");
    bad.setString("output.transaction-timeout", "x");
    bad.setString("output.forward-headers", "ee.model");
    bad.setString("kafka.sink.transactional.id", "x");
    bad.setString("kafka.source.group.id", "x");
    bad.setString("kafka.client.bootstrap.servers", "x");

    assertThat(problems(bad))
        .anyMatch(p -> p.equals("input.fromat: no such option; did you mean 'input.format'?"))
        .anyMatch(p -> p.startsWith("input.format = xml:"))
        .anyMatch(p -> p.startsWith("input.from = nowhere: must be one of"))
        .anyMatch(p -> p.startsWith("event.max-bytes = 0:"))
        .anyMatch(p -> p.startsWith("output.topic = a b: is not a valid topic name"))
        .anyMatch(p -> p.startsWith("output.transaction-timeout = x:"))
        .anyMatch(p -> p.startsWith("output.forward-headers = ee.model:"))
        .anyMatch(p -> p.contains("use output.transactional-id-prefix instead"))
        .anyMatch(p -> p.contains("use input.group-id instead"))
        .anyMatch(p -> p.startsWith("kafka.client.bootstrap.servers:"))
        .anyMatch(p -> p.startsWith("kafka.bootstrap-servers: is required"))
        .anyMatch(p -> p.startsWith("input.topic: is required"))
        .anyMatch(p -> p.startsWith("dead-letter.topic: is required"))
        .anyMatch(p -> p.startsWith("key-config.files: is required"))
        .hasSize(14);
  }

  @Test
  void flinksAndKafkasPropertiesShouldPass() throws Exception {
    options.setString("flink.parallelism.default", "1");
    options.setString("kafka.client.security.protocol", "SSL");
    options.setString("kafka.source.fetch.min.bytes", "2");
    options.setString("kafka.sink.security.protocol", "PLAINTEXT");

    JobSettings settings = JobSettings.of(options);

    assertThat(settings.flink().toMap()).containsEntry("parallelism.default", "1");
    assertThat(settings.source().properties())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("fetch.min.bytes", "2");
    assertThat(settings.sink().properties()).containsEntry("security.protocol", "PLAINTEXT");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.sink.acks, 1, every guarantee needs all",
    "kafka.sink.acks, 0, every guarantee needs all",
    "kafka.client.acks, all, every guarantee needs all",
    "kafka.sink.enable.idempotence, false, use output.delivery-guarantee instead",
    "kafka.sink.retries, 0, use kafka.sink.delivery.timeout.ms instead",
    "kafka.client.retries, 5, use kafka.sink.delivery.timeout.ms instead",
    "kafka.sink.max.in.flight.requests.per.connection, 10, at most 5",
    "kafka.sink.linger.ms, soon, Not a number of type LONG",
    "kafka.sink.compression.type, rar, rar",
    "kafka.source.fetch.min.bytes, 1 MB, Not a number of type INT",
    "kafka.source.max.poll.records, 0, at least 1",
    "kafka.source.auto.offset.reset, latest, use input.from instead",
    "kafka.source.enable.auto.commit, true, positions are committed with the records",
    "kafka.client.request.timeout.ms, x, Not a number of type INT",
    "kafka.client.security.protocol, TLS, security.protocol",
  })
  void aClientPropertyThatIsWrongOrTheJobsOwnShouldBeOneProblem(
      String name, String value, String why) {
    options.setString(name, value);

    assertThat(problems(options)).singleElement().asString().contains(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly-once", "at-least-once"})
  void propertiesThatAreWrongTogetherShouldBeRefused(String guarantee) {
    options.setString("output.delivery-guarantee", guarantee);
    options.setString("kafka.sink.delivery.timeout.ms", "1000");
    assertThat(problems(options)).singleElement().asString().contains("delivery.timeout.ms");
  }

  @ParameterizedTest
  @CsvSource({"'', ''", "' ', ' '", "a;b;a, twice", "a b, a b"})
  void inputTopicsThatCannotBeShouldBeRefused(String topics, String why) {
    options.setString("input.topic", topics);

    assertThat(problems(options)).isNotEmpty().allMatch(p -> p.startsWith("input.topic = "));
    assertThat(problems(options)).anyMatch(p -> p.contains(why));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kafka.bootstrap-servers", "input.topic", "output.topic", "dead-letter.topic"})
  void aRequiredOptionThatIsMissingShouldBeNamed(String name) {
    options.removeKey(name);

    assertThat(problems(options)).singleElement().asString().startsWith(name + ": is required");
  }

  @Test
  void aTransactionTimeoutIsNeverLongerThanKafkaCanBeTold() throws Exception {
    options.setString("flink.execution.checkpointing.timeout", "30 d");
    options.setString("flink.execution.checkpointing.tolerable-failed-checkpoints", "2147483647");

    JobSettings settings = JobSettings.of(options);

    assertThat(settings.transactionTimeout(settings.flink()))
        .isEqualTo(Duration.ofMillis(Integer.MAX_VALUE));
  }

  @Test
  void topicsThatFeedBackShouldBeRefused() throws Exception {
    options.setString("output.topic", "events");
    assertThat(problems(options)).singleElement().asString().contains("is also an input topic");

    options.setString("output.topic", "dead-letters");
    assertThat(problems(options))
        .singleElement()
        .asString()
        .contains("use a separate topic for dead letters");

    options.setString("output.topic", "records");
    Files.writeString(
        directory.resolve("keys.yaml"),
        """
        model: user
        version: 1
        output-topic: events
        keys: [{name: e, key: 42, dtype: FLOAT, shape: [4]}]
        """);
    assertThat(problems(options)).singleElement().asString().contains("model 'user'", "events");
  }

  @Test
  void withoutATopicOfKeyConfigsNothingIsFollowed() throws Exception {
    assertThat(JobSettings.of(options).keyConfigTopic()).isNull();
  }

  @Test
  void aTopicOfKeyConfigsShouldDoWithoutFiles() throws Exception {
    options.removeKey("key-config.files");
    options.setString("key-config.topic", "configs");
    options.setString("key-config.wait-timeout", "3 s");
    options.setString("kafka.client.security.protocol", "SSL");

    JobSettings settings = JobSettings.of(options);

    assertThat(settings.keyConfigs()).isEmpty();
    assertThat(settings.keyConfigWaitTimeout()).isEqualTo(Duration.ofSeconds(3));
    KeyConfigTopicSettings topic = settings.keyConfigTopic();
    assertThat(topic.topic()).isEqualTo("configs");
    assertThat(topic.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(topic.startTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(topic.clientIdPrefix()).isEqualTo("embedding-export");
    assertThat(topic.properties()).containsEntry("security.protocol", "SSL");
    assertThat(topic.notForRecords()).containsExactlyInAnyOrder("events", "dead-letters");
  }

  @Test
  void aKeyConfigTopicThatCannotBeShouldBeRefused() {
    for (String taken : List.of("events", "records", "dead-letters")) {
      options.setString("key-config.topic", taken);
      assertThat(problems(options))
          .as(taken)
          .singleElement()
          .asString()
          .contains("key-config.topic = " + taken, "use a separate topic");
    }
    options.setString("key-config.topic", "a b");
    assertThat(problems(options)).singleElement().asString().contains("key-config.topic = a b");
    options.setString("key-config.topic", "");
    assertThat(problems(options)).singleElement().asString().contains("key-config.topic = :");
  }

  @Test
  void timeoutsThatCannotBeShouldBeRefused() {
    options.setString("key-config.topic", "configs");
    options.setString("key-config.start-timeout", "0 s");
    options.setString("key-config.wait-timeout", "99999999 d");

    assertThat(problems(options))
        .anyMatch(p -> p.startsWith("key-config.start-timeout = PT0S: must be 1 ms"))
        .anyMatch(p -> p.startsWith("key-config.wait-timeout = "))
        .hasSize(2);
  }

  @Test
  void anOutputTopicThatIsTheKeyConfigTopicShouldBeRefused() throws Exception {
    options.setString("key-config.topic", "configs");
    Files.writeString(
        directory.resolve("keys.yaml"),
        """
        model: user
        version: 1
        output-topic: configs
        keys: [{name: e, key: 42, dtype: FLOAT, shape: [4]}]
        """);

    assertThat(problems(options)).singleElement().asString().contains("model 'user'", "configs");
  }

  @Test
  void keyConfigsShouldBeFoundInDirectoriesAndBeOneAModel() throws Exception {
    Path keys = Files.createDirectory(directory.resolve("keys"));
    Files.copy(directory.resolve("keys.yaml"), keys.resolve("b.yml"));
    Files.writeString(keys.resolve("README.md"), "not a key config");
    options.setString("key-config.files", keys.toString());
    assertThat(JobSettings.of(options).keyConfigs()).hasSize(1);

    Files.copy(directory.resolve("keys.yaml"), keys.resolve("a.yaml"));
    assertThat(problems(options))
        .singleElement()
        .asString()
        .contains("b.yml", "a.yaml", "keep one");
  }

  @Test
  void keyConfigFilesThatAreNotThereOrNotValidShouldBeNamed() throws Exception {
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "model: x\nversion: 0\nkeys: []\n");
    options.setString("key-config.files", directory.resolve("none.yaml") + ";" + bad);

    List<String> problems = problems(options);

    assertThat(problems).anyMatch(p -> p.contains("none.yaml: no such file"));
    assertThat(problems).filteredOn(p -> p.startsWith(bad.toString())).hasSizeGreaterThan(1);
  }

  @Test
  void preflightShouldTurnOff() throws Exception {
    options.setString("preflight.enabled", "false");

    assertThat(JobSettings.of(options).preflightTimeout()).isNull();
    assertThat(Preflight.require(PreflightContext.here(JobSettings.of(options)))).isEmpty();
  }

  private static List<String> problems(Configuration options) {
    InvalidOptionsException thrown =
        catchThrowableOfType(InvalidOptionsException.class, () -> JobSettings.of(options));
    assertThat(thrown).isNotNull();
    return thrown.problems();
  }
}
