package io.embeddingexport.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The FlinkDeployment of {@code k8s/base}, and what its pods mount. */
final class DeploymentManifest {
  final JsonNode spec = Manifests.document("base/flinkdeployment.yaml").path("spec");
  final JsonNode options =
      Manifests.document("base/flink-configuration.yaml").at("/spec/flinkConfiguration");

  int parallelism() {
    return spec.at("/job/parallelism").asInt();
  }

  /** Volumes by the paths they are mounted at. */
  Map<String, JsonNode> mounts() {
    Map<String, JsonNode> volumes = new TreeMap<>();
    for (JsonNode volume : spec.at("/podTemplate/spec/volumes")) {
      volumes.put(volume.path("name").asText(), volume);
    }
    Map<String, JsonNode> mounts = new TreeMap<>();
    for (JsonNode mount : container().path("volumeMounts")) {
      mounts.put(mount.path("mountPath").asText(), volumes.get(mount.path("name").asText()));
    }
    return mounts;
  }

  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : container().path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return environment;
  }

  private JsonNode container() {
    return spec.at("/podTemplate/spec/containers/0");
  }
}
