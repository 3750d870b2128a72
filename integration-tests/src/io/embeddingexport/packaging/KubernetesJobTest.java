package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job finds in {@code k8s/} what its options name: secrets, topics and permissions. */
class KubernetesJobTest {
  private static final Path OPTIONS = Path.of("k8s/base/embedding-export.yaml");

  /** What Strimzi writes for a user, but for its password. */
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=u password=p;";

  private final DeploymentManifest deployment = new DeploymentManifest();

  @TempDir private Path mounted;

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
    assertThat(mounted(deployment.environment().get("AWS_CREDENTIAL_PROFILES_FILE"))).exists();
    assertThat(deployment.options.properties())
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
                    .isGreaterThanOrEqualTo(deployment.parallelism()));
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
        .isEqualTo(
            deployment.mounts().get("/run/secrets/kafka-user").at("/secret/secretName").asText());
  }

  /**
   * The options as the JobManager reads them, with the mounts in {@link #mounted} and not in the
   * root. The files of the Secrets are those that the volumes name.
   */
  private JobSettings settings() throws Exception {
    for (Map.Entry<String, JsonNode> mount : deployment.mounts().entrySet()) {
      Path directory = Files.createDirectories(mounted(mount.getKey()));
      for (JsonNode item : mount.getValue().at("/secret/items")) {
        Files.writeString(directory.resolve(item.path("path").asText()), JAAS);
      }
    }
    String text = Files.readString(OPTIONS);
    Files.writeString(
        mounted("/opt/embedding-export/embedding-export.yaml"),
        text.replace("/run/secrets/", mounted("/run/secrets") + "/"));

    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : deployment.spec.at("/job/args")) {
      String word = argument.asText();
      arguments.add(word.startsWith("/") ? mounted(word).toString() : word);
    }
    return JobSettings.of(JobArguments.parse(arguments.toArray(String[]::new)).options());
  }

  private Path mounted(String path) {
    return mounted.resolve(path.substring(1));
  }
}
