package io.embeddingexport.cli.clients;

import io.embeddingexport.job.options.JobArguments;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The command-line options for a job's options, for every command that takes those of {@code run}.
 */
public final class JobArgumentOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The job's options (docs/configuration.md).")
  private @Nullable Path config;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "An option that overrides the file's. Repeatable.")
  private List<String> sets = List.of();

  public JobArguments arguments() {
    return new JobArguments(config, sets);
  }
}
