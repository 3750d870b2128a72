package io.embeddingexport.job.options;

import io.embeddingexport.kafka.admin.RootMessage;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.jspecify.annotations.Nullable;

/** The configuration of the Flink cluster that this machine is set up for. */
public final class ClusterConfiguration {
  /** The environment variable that names its directory. */
  public static final String DIRECTORY = "FLINK_CONF_DIR";

  /** Prefixes of options that Flink reads for each job. The others are about its processes. */
  private static final List<String> OF_JOBS =
      List.of("execution.", "parallelism.default", "pipeline.", "restart-strategy", "state.");

  /** Names that say what a client submits, how and where. */
  private static final List<String> OF_SUBMISSION =
      List.of(
          "execution.attached",
          "execution.shutdown-on-attached-exit",
          "execution.target",
          "pipeline.classpaths",
          "pipeline.jars",
          "pipeline.name");

  /**
   * Reads it.
   *
   * @param directory with {@code config.yaml}; null: there is none
   * @return empty without a directory
   * @throws InvalidOptionsException if it cannot be read
   */
  public static Configuration load(@Nullable String directory) throws InvalidOptionsException {
    if (directory == null || directory.isEmpty()) {
      return new Configuration();
    }
    try {
      return GlobalConfiguration.loadConfiguration(directory);
    } catch (RuntimeException e) {
      // Flink has no one exception for a file that is missing, or malformed.
      throw new InvalidOptionsException(
          List.of(
              DIRECTORY
                  + " = "
                  + directory
                  + ": "
                  + RootMessage.of(e).replaceAll("\\s+", " ").replaceAll("\\.$", "")
                  + "; correct or unset it"));
    }
  }

  /** The options that Flink reads for each job. */
  static Configuration ofJobs(Configuration cluster) {
    Configuration ofJobs = new Configuration(cluster);
    for (String name : cluster.keySet()) {
      if (OF_JOBS.stream().noneMatch(name::startsWith) || OF_SUBMISSION.contains(name)) {
        ofJobs.removeKey(name);
      }
    }
    return ofJobs;
  }

  private ClusterConfiguration() {}
}
