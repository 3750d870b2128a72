package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.job.EmbeddingExportJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;

/** The FlinkDeployment agrees with {@code flink-conf/}, the build, and what depends on its size. */
class FlinkDeploymentTest {
  private static final Path CONFIGURATION = Path.of("k8s/base/flink-configuration.yaml");

  private final Configuration flinkConf = GlobalConfiguration.loadConfiguration("flink-conf");
  private final DeploymentManifest manifest = new DeploymentManifest();
  private final JsonNode deployment = manifest.spec;

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
    assertThat(Manifests.document("base/poddisruptionbudget.yaml").at("/spec/minAvailable").asInt())
        .isEqualTo(taskManagers(manifest.parallelism()) - 1);

    int production =
        Manifests.patch("production", "FlinkDeployment").at("/spec/job/parallelism").asInt();
    assertThat(
            Manifests.patch("production", "PodDisruptionBudget").at("/spec/minAvailable").asInt())
        .isEqualTo(taskManagers(production) - 1);

    int staging = Manifests.patch("staging", "FlinkDeployment").at("/spec/job/parallelism").asInt();
    assertThat(taskManagers(staging)).isEqualTo(1);
    assertThat(Manifests.patch("staging", "PodDisruptionBudget").path("$patch").asText())
        .isEqualTo("delete");
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

    String plugin = manifest.environment().get("ENABLE_BUILT_IN_PLUGINS");
    assertThat(plugin).matches("flink-s3-fs-hadoop-[0-9.]+\\.jar");
    assertThat(pom)
        .contains("<flink.version>" + plugin.replaceAll("flink-s3-fs-hadoop-|\\.jar", "") + "</");
    assertThat(manifest.mounts())
        .as("where the entry point links it; the rest of the root is read-only")
        .containsKey("/opt/flink/plugins/" + plugin.replace(".jar", ""));
  }

  @Test
  void everyOptionIsKnownToFlinkOrToThePartThatReadsIt() {
    for (Map.Entry<String, JsonNode> option : manifest.options.properties()) {
      String key = option.getKey();
      if (!key.startsWith("metrics.reporter.prom.") && !key.startsWith("fs.s3a.")) {
        ConfigOption<?> known = FlinkOptions.BY_KEY.get(key);
        assertThat(known).as(key).isNotNull();
        Configuration one = Configuration.fromMap(Map.of(key, option.getValue().asText()));
        assertThat((Object) one.get(known)).as(key).isNotNull();
      }
    }
  }

  private int taskManagers(int parallelism) {
    return parallelism / flinkConf.get(TaskManagerOptions.NUM_TASK_SLOTS);
  }
}
