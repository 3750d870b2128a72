package io.embeddingexport.job;

import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.job.checks.PreflightException;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobArguments;
import io.embeddingexport.job.options.JobSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry point of the job jar, for {@code flink run} and application mode.
 *
 * <pre>
 * --config FILE  --set key=value …  --from POSITION  --until POSITION
 * </pre>
 */
public final class EmbeddingExportJob {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingExportJob.class);

  /**
   * Checks the options and the resources they name, and submits the job.
   *
   * @throws InvalidOptionsException naming every problem of the options
   * @throws PreflightException naming every problem of brokers and topics
   */
  public static void main(String[] args) throws Exception {
    JobSettings settings = JobSettings.of(JobArguments.parse(args).options());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(settings.flink());
    Preflight.require(PreflightContext.onCluster(settings, env.getConfiguration()))
        .forEach(warning -> LOG.warn("{}: {}", warning.check(), warning.sentence()));
    ExportTopology.define(env, settings);
    env.execute(settings.name());
  }

  private EmbeddingExportJob() {}
}
