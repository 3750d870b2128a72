package io.embeddingexport.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The resources of {@code k8s/} fit the pods that Flink makes of its FlinkDeployment. */
class NativePodsTest {
  private JsonNode jobManager;
  private JsonNode taskManager;

  @BeforeEach
  void pods() throws Exception {
    NativePods pods =
        new NativePods(
            Manifests.document("base/flinkdeployment.yaml"),
            Manifests.document("base/flink-configuration.yaml").at("/spec/flinkConfiguration"));
    jobManager = pods.jobManager();
    taskManager = pods.taskManager();
  }

  @Test
  void eachRunsUnderItsOwnAccount() {
    assertThat(jobManager.at("/spec/serviceAccountName").asText())
        .isEqualTo("embedding-export-jobmanager");
    assertThat(taskManager.at("/spec/serviceAccountName").asText())
        .isEqualTo("embedding-export-taskmanager");
    assertThat(Manifests.ofKind("ServiceAccount"))
        .extracting(account -> account.at("/metadata/name").asText())
        .containsExactlyInAnyOrder("embedding-export-jobmanager", "embedding-export-taskmanager");
  }

  @Test
  void theSelectorsFindTheirPods() {
    Map<String, String> jobManagers = strings(jobManager.at("/metadata/labels"));
    Map<String, String> taskManagers = strings(taskManager.at("/metadata/labels"));

    for (String kind : List.of("NetworkPolicy", "PodDisruptionBudget")) {
      for (JsonNode resource : Manifests.ofKind(kind)) {
        String name = resource.at("/metadata/name").asText();
        String selector = kind.equals("NetworkPolicy") ? "podSelector" : "selector";
        Map<String, String> labels =
            strings(resource.path("spec").path(selector).path("matchLabels"));
        if (!labels.isEmpty()) {
          boolean isOfJobManagers = name.endsWith("-jobmanager");
          assertThat(jobManagers.entrySet().containsAll(labels.entrySet()))
              .as("%s %s and the JobManager", kind, name)
              .isEqualTo(isOfJobManagers);
          assertThat(taskManagers.entrySet().containsAll(labels.entrySet()))
              .as("%s %s and the TaskManager", kind, name)
              .isEqualTo(!isOfJobManagers);
        }
      }
    }
    Map<String, String> scraped =
        strings(Manifests.document("base/podmonitor.yaml").at("/spec/selector/matchLabels"));
    assertThat(jobManagers).containsAllEntriesOf(scraped);
    assertThat(taskManagers).containsAllEntriesOf(scraped);
    assertThat(taskManager.at("/spec/topologySpreadConstraints"))
        .hasSize(2)
        .allSatisfy(
            constraint ->
                assertThat(taskManagers)
                    .containsAllEntriesOf(strings(constraint.at("/labelSelector/matchLabels"))));
  }

  @Test
  void theNetworkPoliciesOpenEveryPortOfTheirPodAndNoOther() {
    assertThat(openPorts("embedding-export-jobmanager"))
        .containsExactlyInAnyOrderElementsOf(ports(jobManager));
    // Native mode names no container port for the exchange of data.
    List<Integer> ofTaskManager = new ArrayList<>(ports(taskManager));
    ofTaskManager.add(6121);
    assertThat(openPorts("embedding-export-taskmanager"))
        .containsExactlyInAnyOrderElementsOf(ofTaskManager);
  }

  @Test
  void prometheusFindsThePort() {
    String port =
        Manifests.document("base/podmonitor.yaml").at("/spec/podMetricsEndpoints/0/port").asText();

    assertThat(List.of(jobManager, taskManager))
        .allSatisfy(
            pod ->
                assertThat(container(pod).path("ports"))
                    .anySatisfy(
                        open -> {
                          assertThat(open.path("name").asText()).isEqualTo(port);
                          assertThat(open.path("containerPort").asInt()).isEqualTo(9249);
                        }));
  }

  @Test
  void everyProbeAsksAPortOfItsContainer() {
    for (JsonNode pod : List.of(jobManager, taskManager)) {
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode asked = container(pod).path(probe);
        int port = asked.at("/httpGet/port").asInt(asked.at("/tcpSocket/port").asInt());
        assertThat(ports(pod)).as(probe).contains(port);
      }
    }
  }

  @Test
  void theRootIsReadOnlyAndWhatFlinkWritesIsMounted() {
    for (JsonNode pod : List.of(jobManager, taskManager)) {
      JsonNode security = container(pod).path("securityContext");
      assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();

      List<String> mounted = new ArrayList<>();
      container(pod)
          .path("volumeMounts")
          .forEach(mount -> mounted.add(mount.path("mountPath").asText()));
      assertThat(mounted)
          .doesNotHaveDuplicates()
          .contains("/tmp", "/opt/flink/log", "/opt/flink/conf", "/opt/embedding-export");
    }
  }

  @Test
  void requestsAndLimitsAreThoseOfTheSpec() {
    assertThat(strings(container(jobManager).at("/resources/limits")))
        .containsEntry("memory", "1600Mi")
        .containsEntry("cpu", "1.0");
    assertThat(strings(container(taskManager).at("/resources/limits")))
        .containsEntry("memory", "2048Mi")
        .containsEntry("cpu", "2.0");
  }

  private static JsonNode container(JsonNode pod) {
    return pod.at("/spec/containers/0");
  }

  private static List<Integer> ports(JsonNode pod) {
    List<Integer> ports = new ArrayList<>();
    container(pod).path("ports").forEach(port -> ports.add(port.path("containerPort").asInt()));
    return ports;
  }

  private static List<Integer> openPorts(String policy) {
    List<Integer> ports = new ArrayList<>();
    Manifests.ofKind("NetworkPolicy").stream()
        .filter(resource -> resource.at("/metadata/name").asText().equals(policy))
        .forEach(
            resource ->
                resource
                    .at("/spec/ingress")
                    .forEach(
                        rule ->
                            rule.path("ports")
                                .forEach(
                                    port -> {
                                      if (!ports.contains(port.path("port").asInt())) {
                                        ports.add(port.path("port").asInt());
                                      }
                                    })));
    return ports;
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new TreeMap<>();
    object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
    return strings;
  }
}
