package io.embeddingexport.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import java.util.Optional;

/** Puts together what the REST API says of a job. */
final class JobStatusReader {
  private final FlinkRest rest;

  JobStatusReader(FlinkRest rest) {
    this.rest = rest;
  }

  Optional<Status> read(String id) {
    Optional<JsonNode> job = rest.get("/jobs/" + id);
    Optional<JsonNode> checkpoints = rest.get("/jobs/" + id + "/checkpoints");
    Optional<JsonNode> exceptions = rest.get("/jobs/" + id + "/exceptions");
    if (job.isEmpty() || checkpoints.isEmpty() || exceptions.isEmpty()) {
      return Optional.empty();
    }
    JsonNode newest = checkpoints.get().at("/latest/completed/external_path");
    JsonNode failure = exceptions.get().at("/exceptionHistory/entries/0/stacktrace");
    return Optional.of(
        new Status(
            id,
            job.get().path("state").asText(),
            allRun(job.get()),
            restarts(id),
            checkpoints.get().at("/counts/completed").asLong(),
            newest.isTextual() ? newest.asText() : null,
            failure.isTextual() ? failure.asText() : null));
  }

  private static boolean allRun(JsonNode job) {
    JsonNode vertices = job.path("vertices");
    for (JsonNode vertex : vertices) {
      if (vertex.at("/tasks/RUNNING").asInt() < vertex.path("parallelism").asInt()) {
        return false;
      }
    }
    return job.path("state").asText().equals("RUNNING") && !vertices.isEmpty();
  }

  private int restarts(String id) {
    return rest.get("/jobs/" + id + "/metrics?get=numRestarts")
        .map(metrics -> metrics.at("/0/value").asInt())
        .orElse(0);
  }
}
