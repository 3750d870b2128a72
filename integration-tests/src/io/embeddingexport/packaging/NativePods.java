package io.embeddingexport.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.flink.client.deployment.ClusterSpecification;
import org.apache.flink.client.deployment.application.ApplicationConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.DeploymentOptionsInternal;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;
import org.apache.flink.kubernetes.configuration.KubernetesDeploymentTarget;
import org.apache.flink.kubernetes.kubeclient.FlinkPod;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesJobManagerFactory;
import org.apache.flink.kubernetes.kubeclient.factory.KubernetesTaskManagerFactory;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesJobManagerParameters;
import org.apache.flink.kubernetes.kubeclient.parameters.KubernetesTaskManagerParameters;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Container;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.api.model.Pod;
import org.apache.flink.kubernetes.shaded.io.fabric8.kubernetes.client.utils.Serialization;
import org.apache.flink.runtime.clusterframework.ContaineredTaskManagerParameters;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;

/**
 * The pods that Flink's own code makes of a FlinkDeployment in native mode. What the operator does
 * before is done here by hand: it sets the options that the resource has fields for, and merges the
 * pod templates, arrays by position.
 */
final class NativePods {
  private static final String MAIN_CONTAINER = "flink-main-container";

  private final String name;
  private final JsonNode spec;

  /**
   * @param deployment the resource, without its Flink configuration
   * @param options its Flink configuration
   */
  NativePods(JsonNode deployment, JsonNode options) {
    name = deployment.at("/metadata/name").asText();
    spec = deployment.path("spec");
    options
        .properties()
        .forEach(option -> flink.setString(option.getKey(), option.getValue().asText()));
    flink.set(KubernetesConfigOptions.CLUSTER_ID, name);
    flink.set(
        KubernetesConfigOptions.KUBERNETES_SERVICE_ACCOUNT, spec.path("serviceAccount").asText());
    flink.set(KubernetesConfigOptions.CONTAINER_IMAGE, spec.path("image").asText());
    flink.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, memory("jobManager"));
    flink.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, memory("taskManager"));
    flink.set(KubernetesConfigOptions.JOB_MANAGER_CPU, cpu("jobManager"));
    flink.set(KubernetesConfigOptions.TASK_MANAGER_CPU, cpu("taskManager"));
    flink.set(DeploymentOptions.TARGET, KubernetesDeploymentTarget.APPLICATION.getName());
    flink.set(DeploymentOptionsInternal.CONF_DIR, "flink-conf");
    flink.set(ApplicationConfiguration.APPLICATION_MAIN_CLASS, spec.at("/job/entryClass").asText());
    flink.set(KubernetesConfigOptions.FLINK_CONF_DIR, "/opt/flink/conf");
  }

  private final Configuration flink = new Configuration();

  /** The pod in the JobManager's Deployment. */
  JsonNode jobManager() throws IOException {
    ClusterSpecification memory =
        new ClusterSpecification.ClusterSpecificationBuilder()
            .setMasterMemoryMB(memory("jobManager").getMebiBytes())
            .setTaskManagerMemoryMB(memory("taskManager").getMebiBytes())
            .createClusterSpecification();
    return json(KubernetesJobManagerFactory.buildKubernetesJobManagerSpecification(
                template("jobManager"), new KubernetesJobManagerParameters(flink, memory))
            .getDeployment())
        .at("/spec/template");
  }

  JsonNode taskManager() throws IOException {
    ContaineredTaskManagerParameters container =
        ContaineredTaskManagerParameters.create(
            flink, TaskExecutorProcessUtils.processSpecFromConfig(flink));
    return json(
        KubernetesTaskManagerFactory.buildTaskManagerKubernetesPod(
                template("taskManager"),
                new KubernetesTaskManagerParameters(
                    flink, name + "-taskmanager-1-1", "", "", container, Map.of(), Set.of()))
            .getInternalResource());
  }

  private MemorySize memory(String process) {
    return MemorySize.parse(spec.path(process).at("/resource/memory").asText());
  }

  private double cpu(String process) {
    return spec.path(process).at("/resource/cpu").asDouble();
  }

  private FlinkPod template(String process) {
    ObjectNode merged = spec.path("podTemplate").deepCopy();
    merge(merged, spec.path(process).path("podTemplate"));
    ArrayNode containers = (ArrayNode) merged.at("/spec/containers");
    if (containers.size() != 1 || !containers.get(0).path("name").asText().equals(MAIN_CONTAINER)) {
      throw new AssertionError("expected only " + MAIN_CONTAINER + ": " + containers);
    }
    Container main = Serialization.unmarshal(containers.remove(0).toString(), Container.class);
    return new FlinkPod.Builder()
        .withPod(Serialization.unmarshal(merged.toString(), Pod.class))
        .withMainContainer(main)
        .build();
  }

  private static void merge(ObjectNode into, JsonNode from) {
    from.properties()
        .forEach(
            field -> {
              JsonNode present = into.get(field.getKey());
              if (present instanceof ObjectNode object) {
                merge(object, field.getValue());
              } else if (present instanceof ArrayNode array) {
                merge((ObjectNode) array.get(0), field.getValue().get(0));
              } else {
                into.set(field.getKey(), field.getValue());
              }
            });
  }

  private static JsonNode json(Object resource) throws IOException {
    return new JsonMapper().readTree(Serialization.asJson(resource));
  }
}
