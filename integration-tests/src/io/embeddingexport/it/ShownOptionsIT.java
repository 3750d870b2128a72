package io.embeddingexport.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.local.FlinkCluster;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Flink's REST API, and so its UI, shows the options of a job, and none of its secrets. */
@ExtendWith({SharedCluster.class, SharedBroker.class})
class ShownOptionsIT {
  private static final List<String> SECRETS =
      List.of(
          "kafka.client.ssl.keystore.password",
          "kafka.client.ssl.keystore.key",
          "kafka.client.sasl.jaas.config",
          "kafka.source.ssl.truststore.certificates",
          "flink.s3.access-key");

  private final Kafka kafka;
  private final FlinkCluster cluster;
  @TempDir private Path directory;

  ShownOptionsIT(Kafka kafka, FlinkCluster cluster) {
    this.kafka = kafka;
    this.cluster = cluster;
  }

  @Test
  void theOptionsAreShownAndTheSecretsAreNot() throws Exception {
    String input = kafka.createTopic("events", 1);
    Path keys = Events.write(directory.resolve("keys"), Events.keyConfig("m", 1, 7));
    Map<String, String> options =
        ExportJob.options(
            kafka, input, kafka.createTopic("records", 1), kafka.createTopic("letters", 1), keys);
    // Unused without TLS and a login.
    SECRETS.forEach(name -> options.put(name, "canary"));
    try (ExportJob job = ExportJob.start(cluster, options)) {
      job.awaitCheckpoints(1);

      String text = get("/jobs/" + job.id() + "/config");

      JsonNode shown = new ObjectMapper().readTree(text).at("/execution-config/user-config");
      assertThat(shown.path("input.topic").asText()).isEqualTo(input);
      assertThat(SECRETS)
          .allSatisfy(name -> assertThat(shown.path(name).asText()).isEqualTo("******"));
      for (String more :
          List.of("", "/plan", "/exceptions", "/checkpoints/config", "/jobmanager/config")) {
        text += get("/jobs/" + job.id() + more);
      }
      assertThat(text).doesNotContain("canary");
    }
  }

  private String get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(cluster.restAddress().resolve(path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
