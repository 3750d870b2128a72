package io.embeddingexport.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Flink's REST API, of whichever JobManager answers: one that stands by asks the one that leads.
 */
final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final List<URI> jobManagers;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  FlinkRest(List<URI> jobManagers) {
    this.jobManagers = List.copyOf(jobManagers);
  }

  /** What {@code GET path} answers; empty if nobody does, or with an error. */
  Optional<JsonNode> get(String path) {
    for (URI jobManager : jobManagers) {
      try {
        HttpResponse<String> response =
            http.send(
                HttpRequest.newBuilder(jobManager.resolve(path)).timeout(ANSWER).build(),
                BodyHandlers.ofString());
        if (response.statusCode() == OK) {
          return Optional.of(JSON.readTree(response.body()));
        }
      } catch (IOException next) {
        continue;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
