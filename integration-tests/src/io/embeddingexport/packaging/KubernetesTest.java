package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.job.EmbeddingExportJob;
import io.embeddingexport.job.options.JobArguments;
import io.embeddingexport.job.options.JobSettings;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be known of {@code k8s/} without a cluster: that its parts agree with each other. */
class KubernetesTest {
  private static final Path CONFIGURATION = Path.of("k8s/base/flink-configuration.yaml");
  private static final Path OPTIONS = Path.of("k8s/base/embedding-export.yaml");

  /** What Strimzi writes for a user, but for its password. */
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=u password=p;";

  @TempDir private Path mounted;

  private final Configuration flinkConf = GlobalConfiguration.loadConfiguration("flink-conf");
  private final JsonNode deployment = Manifests.document("base/flinkdeployment.yaml").path("spec");
  private final JsonNode options =
      Manifests.document("base/flink-configuration.yaml").at("/spec/flinkConfiguration");

  @Test
  void theFlinkConfigurationIsTheOneOfFlinkConf() throws Exception {
    String expected =
        FlinkDeploymentConfiguration.render(
            flinkConf, Files.readString(Path.of("flink-conf/log4j-console.properties")));
    Path made = Path.of("target/flink-configuration.yaml");
    Files.createDirectories(made.getParent());
    Files.writeString(made, expected);

    assertThat(Files.readString(CONFIGURATION))
        .as("flink-conf/ has changed; cp %s %s", made, CONFIGURATION)
        .isEqualTo(expected);
  }

  @Test
  void everyNamedDifferenceIsOne() {
    assertThat(FlinkDeploymentConfiguration.DIFFERENCES)
        .allSatisfy(
            difference ->
                assertThat(flinkConf.toMap().get(difference.key()))
                    .as(difference.key())
                    .isNotEqualTo(difference.value()))
        .extracting(FlinkDeploymentConfiguration.Difference::key)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatTheSpecSaysInPlaceOfAnOptionAgreesWithIt() {
    assertThat(MemorySize.parse(deployment.at("/jobManager/resource/memory").asText()))
        .isEqualTo(flinkConf.get(JobManagerOptions.TOTAL_PROCESS_MEMORY));
    assertThat(MemorySize.parse(deployment.at("/taskManager/resource/memory").asText()))
        .isEqualTo(flinkConf.get(TaskManagerOptions.TOTAL_PROCESS_MEMORY));
    assertThat(deployment.at("/taskManager/resource/cpu").asInt())
        .as("a core a slot")
        .isEqualTo(flinkConf.get(TaskManagerOptions.NUM_TASK_SLOTS));
    assertThat(deployment.at("/job/parallelism").asInt())
        .as("whole TaskManagers")
        .isGreaterThanOrEqualTo(flinkConf.get(CoreOptions.DEFAULT_PARALLELISM))
        .matches(slots -> slots % flinkConf.get(TaskManagerOptions.NUM_TASK_SLOTS) == 0);
  }

  @Test
  void theDisruptionBudgetLeavesAllTaskManagersButOne() {
    int taskManagers =
        deployment.at("/job/parallelism").asInt()
            / flinkConf.get(TaskManagerOptions.NUM_TASK_SLOTS);

    assertThat(Manifests.document("base/poddisruptionbudget.yaml").at("/spec/minAvailable").asInt())
        .isEqualTo(taskManagers - 1);
  }

  @Test
  void imageJarAndPluginAreThoseOfTheBuild() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String dockerfile = Files.readString(Path.of("docker/Dockerfile"));

    assertThat(deployment.path("image").asText()).startsWith("embedding-export:");
    assertThat(pom)
        .contains("<version>" + deployment.path("image").asText().split(":")[1] + "</version>");
    assertThat(dockerfile).contains(deployment.at("/job/jarURI").asText().replace("local://", ""));
    assertThat(deployment.at("/job/entryClass").asText())
        .isEqualTo(EmbeddingExportJob.class.getName());

    String plugin = environment().get("ENABLE_BUILT_IN_PLUGINS");
    assertThat(plugin).matches("flink-s3-fs-hadoop-[0-9.]+\\.jar");
    assertThat(pom)
        .contains("<flink.version>" + plugin.replaceAll("flink-s3-fs-hadoop-|\\.jar", "") + "</");
    assertThat(mounts())
        .as("where the entry point links it; the rest of the root is read-only")
        .contains("/opt/flink/plugins/" + plugin.replace(".jar", ""));
  }

  @Test
  void everyOptionIsKnownToFlinkOrToThePartThatReadsIt() {
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      String key = option.getKey();
      if (!key.startsWith("metrics.reporter.prom.") && !key.startsWith("fs.s3a.")) {
        ConfigOption<?> known = FlinkOptions.BY_KEY.get(key);
        assertThat(known).as(key).isNotNull();
        Configuration one = Configuration.fromMap(Map.of(key, option.getValue().asText()));
        assertThat((Object) one.get(known)).as(key).isNotNull();
      }
    }
  }

  @Test
  void theJobTakesItsOptions() throws Exception {
    JobSettings settings = settings();

    assertThat(settings.isExactlyOnce()).isTrue();
    assertThat(settings.keyConfigTopic()).isNotNull();
    assertThat(settings.keyConfigs()).as("none in files").isEmpty();
  }

  @Test
  void passwordsStandInMountedFilesThatTheClientsFind() throws Exception {
    Map<String, String> given = settings().sink().properties();
    Map<String, Object> properties = new TreeMap<>(given);
    properties.put("bootstrap.servers", "localhost:9092");
    AdminClientConfig client = new AdminClientConfig(properties);

    assertThat(given.get("sasl.jaas.config")).startsWith("${directory:");
    assertThat(client.getPassword("sasl.jaas.config").value()).isEqualTo(JAAS);
    assertThat(Path.of(client.getString("ssl.truststore.location"))).exists();
    assertThat(mounted(environment().get("AWS_CREDENTIAL_PROFILES_FILE"))).exists();
    assertThat(options.properties())
        .extracting(Map.Entry::getKey)
        .noneMatch(key -> key.contains("access-key") || key.contains("secret"));
  }

  @Test
  void theTopicsOfTheJobAreThereAndWideEnough() throws Exception {
    JobSettings settings = settings();
    Map<String, JsonNode> topics = new TreeMap<>();
    Manifests.ofKind("KafkaTopic")
        .forEach(topic -> topics.put(topic.at("/metadata/name").asText(), topic.path("spec")));

    Set<String> used = new TreeSet<>(settings.source().topics());
    used.add(settings.sink().topics().records());
    used.add(settings.sink().topics().deadLetters());
    used.add(settings.keyConfigTopic().topic());
    assertThat(topics).containsOnlyKeys(used);

    assertThat(settings.source().topics())
        .allSatisfy(
            topic ->
                assertThat(topics.get(topic).path("partitions").asInt())
                    .isGreaterThanOrEqualTo(deployment.at("/job/parallelism").asInt()));
    JsonNode keyConfigs = topics.get(settings.keyConfigTopic().topic());
    assertThat(keyConfigs.path("partitions").asInt()).isEqualTo(1);
    assertThat(keyConfigs.at("/config/cleanup.policy").asText()).isEqualTo("compact");
    int broker = 1024 * 1024 + 12;
    assertThat(
            topics
                .get(settings.sink().topics().deadLetters())
                .at("/config/max.message.bytes")
                .asInt())
        .isEqualTo(broker + 64 * 1024);
  }

  /** Strimzi hands them to Kafka as they are. */
  @Test
  void everyTopicSettingIsOneOfKafkas() throws Exception {
    Set<String> known = new TreeSet<>();
    for (Field constant : TopicConfig.class.getFields()) {
      known.add((String) constant.get(null));
    }
    assertThat(Manifests.ofKind("KafkaTopic"))
        .allSatisfy(
            topic ->
                assertThat(topic.at("/spec/config").properties())
                    .isNotEmpty()
                    .extracting(Map.Entry::getKey)
                    .allMatch(known::contains));
  }

  /** The table of docs/deploy.md, whose rows are tested by removing each. */
  @Test
  void theUserHasTheLeastPermissions() throws Exception {
    JobSettings settings = settings();
    List<String> least = new ArrayList<>();
    settings.source().topics().forEach(topic -> least.add("Read topic literal " + topic));
    least.add("Read topic literal " + settings.keyConfigTopic().topic());
    least.add("Read group literal " + settings.source().groupId());
    least.add("Write topic literal " + settings.sink().topics().records());
    least.add("Write topic literal " + settings.sink().topics().deadLetters());
    least.add("Write transactionalId prefix " + settings.sink().transactionalIdPrefix());

    JsonNode user = Manifests.document("kafka/users.yaml");
    List<String> given = new ArrayList<>();
    for (JsonNode acl : user.at("/spec/authorization/acls")) {
      JsonNode resource = acl.path("resource");
      acl.path("operations")
          .forEach(
              operation ->
                  given.add(
                      String.join(
                          " ",
                          operation.asText(),
                          resource.path("type").asText(),
                          resource.path("patternType").asText("literal"),
                          resource.path("name").asText())));
    }
    assertThat(given).containsExactlyInAnyOrderElementsOf(least);
    assertThat(user.at("/metadata/name").asText())
        .as("Strimzi's Secret has the user's name")
        .isEqualTo(volumes().get("kafka-user").at("/secret/secretName").asText());
  }

  /**
   * The options as the JobManager reads them, with the mounts in {@link #mounted} and not in the
   * root. The files of the Secrets are those that the volumes name.
   */
  private JobSettings settings() throws Exception {
    for (JsonNode mount : container().path("volumeMounts")) {
      Path directory = mounted(mount.path("mountPath").asText());
      Files.createDirectories(directory);
      for (JsonNode item : volumes().get(mount.path("name").asText()).at("/secret/items")) {
        Files.writeString(directory.resolve(item.path("path").asText()), JAAS);
      }
    }
    String text = Files.readString(OPTIONS);
    Files.writeString(
        mounted("/opt/embedding-export/embedding-export.yaml"),
        text.replace("/run/secrets/", mounted("/run/secrets") + "/"));

    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : deployment.at("/job/args")) {
      String word = argument.asText();
      arguments.add(word.startsWith("/") ? mounted(word).toString() : word);
    }
    return JobSettings.of(JobArguments.parse(arguments.toArray(String[]::new)).options());
  }

  private Path mounted(String path) {
    return mounted.resolve(path.substring(1));
  }

  private JsonNode container() {
    return deployment.at("/podTemplate/spec/containers/0");
  }

  private List<String> mounts() {
    return StreamSupport.stream(container().path("volumeMounts").spliterator(), false)
        .map(mount -> mount.path("mountPath").asText())
        .toList();
  }

  private Map<String, JsonNode> volumes() {
    Map<String, JsonNode> volumes = new TreeMap<>();
    deployment
        .at("/podTemplate/spec/volumes")
        .forEach(volume -> volumes.put(volume.path("name").asText(), volume));
    return volumes;
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    container()
        .path("env")
        .forEach(
            variable ->
                environment.put(variable.path("name").asText(), variable.path("value").asText()));
    return environment;
  }
}
