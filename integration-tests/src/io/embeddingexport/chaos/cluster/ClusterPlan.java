package io.embeddingexport.chaos.cluster;

import java.nio.file.Path;
import java.util.Map;

/**
 * What to start.
 *
 * @param home an existing directory for everything that is written; the caller deletes it
 * @param jobOptions options of the job; the brokers' address, the login and the checkpoint
 *     directory are added. {@code input.topic}, {@code output.topic}, {@code dead-letter.topic},
 *     {@code key-config.topic}, {@code input.group-id} and {@code output.transactional-id-prefix}
 *     must be there: they are what the job's user is permitted
 * @param taskManagers how many
 * @param slots of each
 */
public record ClusterPlan(Path home, Map<String, String> jobOptions, int taskManagers, int slots) {
  public ClusterPlan {
    jobOptions = Map.copyOf(jobOptions);
  }
}
