package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * What can be known of {@code docker/} without a container engine: that its parts agree with each
 * other and with the project.
 */
class DockerTest {
  private static final Path DOCKER = Path.of("docker");

  private static final String REPORTER = "metrics.reporter.";

  /** What the image declares a volume, and a container without a name for it gets a new one of. */
  private static final List<String> VOLUMES_OF_KAFKA =
      List.of("/etc/kafka/secrets", "/var/lib/kafka/data", "/mnt/shared/config");

  private final JsonNode compose = yaml(DOCKER.resolve("compose.yaml"));
  private final JsonNode highAvailability = yaml(DOCKER.resolve("compose.ha.yaml"));
  private final JsonNode tls = yaml(DOCKER.resolve("compose.tls.yaml"));
  private final JsonNode jobOptions = yaml(DOCKER.resolve("embedding-export.yaml"));
  private final String dockerfile = text(DOCKER.resolve("Dockerfile"));
  private final String pom = text(Path.of("pom.xml"));

  @TempDir private Path directory;

  @Test
  void imagesHaveTheVersionsOfThePom() {
    String version = firstGroup("<version>([^<]+)</version>", pom);
    assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM flink")))
        .hasSize(2)
        .allMatch(line -> line.startsWith("FROM flink:" + property("flink.version") + "-java17"));
    assertThat(images(compose))
        .contains(
            "apache/kafka:" + property("kafka.version"),
            "embedding-export:" + version,
            "embedding-export-cli:" + version);
    assertThat(images(compose)).containsAll(images(tls));
  }

  @Test
  void theImagesNeverRunAsRootAndHoldNoSecret() {
    for (String stage : dockerfile.split("\n(?=FROM )")) {
      if (stage.startsWith("FROM flink")) {
        assertThat(stage).contains("\nUSER flink\n");
        assertThat(stage.indexOf("USER")).isLessThan((stage + "\nRUN ").indexOf("\nRUN "));
        assertThat(stage).doesNotContain("USER root").doesNotContainPattern("(?m)^(ENV|ARG|ADD) ");
      }
    }
  }

  @Test
  void noContainerOfKafkaHasAVolumeWithoutAName() {
    for (JsonNode file : List.of(compose, tls)) {
      file.get("services")
          .properties()
          .forEach(
              service -> {
                if (service.getValue().path("image").asText().startsWith("apache/kafka:")) {
                  List<String> targets = new ArrayList<>();
                  service.getValue().get("volumes").forEach(each -> targets.add(target(each)));
                  assertThat(targets).as(service.getKey()).containsAll(VOLUMES_OF_KAFKA);
                }
              });
    }
  }

  @Test
  void everythingTheImageCopiesIsLetIntoTheBuild() {
    List<String> ignore =
        text(DOCKER.resolve("Dockerfile.dockerignore"))
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();
    assertThat(ignore.get(0)).isEqualTo("*");
    List<String> allowed =
        ignore.stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(allowed).allMatch(source -> Files.exists(Path.of(source)));

    Matcher copies =
        Pattern.compile("(?m)^COPY (?:--chown=\\S+ )?([^-\\s]\\S*) ").matcher(dockerfile);
    List<String> copied = new ArrayList<>();
    while (copies.find()) {
      copied.add(copies.group(1));
    }
    assertThat(copied)
        .isNotEmpty()
        .allMatch(source -> Files.exists(Path.of(source)))
        .allMatch(
            source ->
                allowed.stream()
                    .anyMatch(entry -> source.startsWith(entry) || entry.startsWith(source + "/")))
        .as("what Maven reads")
        .contains("src", "thrift", "pom.xml")
        .containsAll(pomsBeside("src"));
  }

  /** Without its log4j files the image would log as Flink's own. */
  @Test
  void theImageHasTheWholeConfigurationDirectory() {
    assertThat(dockerfile).containsPattern("\nCOPY \\S+ flink-conf /opt/flink/conf\n");
  }

  @Test
  void theImagesFlinkListensBeyondLoopback() throws Exception {
    Files.copy(Path.of("flink-conf/config.yaml"), directory.resolve("config.yaml"));
    String script = firstGroup("RUN sed -i '([^']+)'", dockerfile);

    Process sed =
        new ProcessBuilder("sed", "-i", script, directory.resolve("config.yaml").toString())
            .inheritIO()
            .start();
    assertThat(sed.waitFor()).isZero();

    Configuration configuration = GlobalConfiguration.loadConfiguration(directory.toString());
    assertThat(
            Stream.of(
                JobManagerOptions.BIND_HOST,
                TaskManagerOptions.BIND_HOST,
                RestOptions.BIND_ADDRESS))
        .allSatisfy(option -> assertThat(configuration.get(option)).isEqualTo("0.0.0.0"));
  }

  /** The entry point passes each line on as it stands. */
  @Test
  void flinkPropertiesAreKnownOptionsOneALine() {
    for (JsonNode file : List.of(compose, highAvailability)) {
      assertThat(flinkProperties(file))
          .isNotEmpty()
          .allSatisfy(
              line -> {
                assertThat(line).matches("[A-Za-z.-]+: [^\\s\"']+");
                String key = line.substring(0, line.indexOf(':'));
                assertThat(key.startsWith(REPORTER) || FlinkOptions.BY_KEY.containsKey(key))
                    .as(key)
                    .isTrue();
              });
    }
    assertThat(flinkProperties(compose)).contains("jobmanager.rpc.address: jobmanager");
  }

  /** It replaces the options of the base file, which Compose does not merge line by line. */
  @Test
  void highAvailabilityKeepsTheOtherOptions() {
    List<String> others = new ArrayList<>(flinkProperties(compose));
    others.remove("jobmanager.rpc.address: jobmanager");

    assertThat(flinkProperties(highAvailability)).containsAll(others);
  }

  @Test
  void theJobsOptionsWithTlsDifferInTheConnectionOnly() {
    ObjectNode options = (ObjectNode) yaml(DOCKER.resolve("embedding-export.tls.yaml"));
    assertThat(options.remove("kafka.client")).isNotNull();

    assertThat(options).isEqualTo(jobOptions);
  }

  @Test
  void composeAndImageRunTheJobTheSameWay() {
    List<String> command =
        List.of(
            compose
                .at("/services/jobmanager/command")
                .asText()
                .replace("${SAVEPOINT:+--fromSavepoint ${SAVEPOINT:-}} ", "")
                .split(" "));

    String cmd = dockerfile.substring(dockerfile.indexOf("\nCMD [") + 5).replace("\\\n", "");
    List<String> ofImage = new ArrayList<>();
    yaml(cmd).forEach(word -> ofImage.add(word.asText()));

    assertThat(command).isEqualTo(ofImage);
    assertThat(command).contains(property("job.mainClass"));
  }

  @Test
  void theJobFindsItsKeyConfigsBrokerAndTopics() {
    List<String> mounts = new ArrayList<>();
    compose.at("/services/jobmanager/volumes").forEach(volume -> mounts.add(volume.asText()));
    assertThat(mounts)
        .contains(
            "./embedding-export.yaml:/opt/embedding-export/embedding-export.yaml:ro",
            "../etc/samples/keys:/opt/embedding-export/keys:ro");
    assertThat(jobOptions.get("key-config.files"))
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(
                        file.asText().replace("/opt/embedding-export/keys/", "etc/samples/keys/"))
                    .satisfies(local -> assertThat(Path.of(local)).exists()));

    assertThat(compose.at("/services/kafka/environment/KAFKA_ADVERTISED_LISTENERS").asText())
        .contains("//" + jobOptions.get("kafka.bootstrap-servers").asText() + ",");

    String create = compose.at("/services/topics/command/0").asText();
    assertThat(List.of("input.topic", "output.topic", "dead-letter.topic", "key-config.topic"))
        .allSatisfy(
            option ->
                assertThat(create)
                    .containsPattern(
                        "create " + jobOptions.get(option).asText() + " --partitions"));
    assertThat(create)
        .contains(
            "create "
                + jobOptions.get("key-config.topic").asText()
                + " --partitions 1 --config cleanup.policy=compact");
  }

  /** The poms of the modules that are not below {@code directory}. */
  private List<String> pomsBeside(String directory) {
    return Pattern.compile("<module>([^<]+)</module>")
        .matcher(pom)
        .results()
        .map(result -> result.group(1) + "/pom.xml")
        .filter(file -> !file.startsWith(directory + "/"))
        .toList();
  }

  private static Set<String> images(JsonNode file) {
    return file.get("services").findValuesAsText("image").stream().collect(Collectors.toSet());
  }

  /** Where a volume of either form is mounted. */
  private static String target(JsonNode volume) {
    return volume.isTextual() ? volume.asText().split(":")[1] : volume.get("target").asText();
  }

  private static List<String> flinkProperties(JsonNode file) {
    return file.at("/x-flink/environment/FLINK_PROPERTIES").asText().lines().toList();
  }

  private String property(String name) {
    return firstGroup("<" + Pattern.quote(name) + ">([^<]+)<", pom);
  }

  private static String firstGroup(String regex, String text) {
    Matcher matcher = Pattern.compile(regex).matcher(text);
    assertThat(matcher.find()).as(regex).isTrue();
    return matcher.group(1);
  }

  private static JsonNode yaml(Path file) {
    return yaml(text(file));
  }

  /** With anchors and merge keys resolved, which Jackson does not do; Compose's own tags go. */
  private static JsonNode yaml(String text) {
    return new ObjectMapper().valueToTree(new Yaml().<Object>load(text.replace("!override", "")));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
