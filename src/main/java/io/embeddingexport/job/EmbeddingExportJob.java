package io.embeddingexport.job;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Entry point of the job jar, for {@code flink run} and application mode.
 *
 * <pre>
 * --config FILE  --set key=value …  --from POSITION  --until POSITION
 * </pre>
 */
public final class EmbeddingExportJob {

  /**
   * Checks the options and what they name, and submits the job.
   *
   * @throws InvalidOptionsException naming every problem of the options
   */
  public static void main(String[] args) throws Exception {
    Configuration options = JobArguments.parse(args).load();
    JobSettings settings = JobSettings.of(options);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(settings.flink());
    ExportTopology.define(env, settings);
    env.execute(settings.name());
  }

  private EmbeddingExportJob() {}
}
