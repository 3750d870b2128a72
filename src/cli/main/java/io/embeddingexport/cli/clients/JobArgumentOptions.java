package io.embeddingexport.cli.clients;

import io.embeddingexport.job.options.JobArguments;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The command-line options that give a job's options: the same for every command. */
public final class JobArgumentOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The job's options file (docs/configuration.md).")
  private @Nullable Path config;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "An option that overrides the file's. Repeatable.")
  private List<String> sets = List.of();

  /** Whether a job's options are given at all. */
  public boolean isGiven() {
    return config != null || !sets.isEmpty();
  }

  public JobArguments arguments() {
    return new JobArguments(config, sets);
  }
}
