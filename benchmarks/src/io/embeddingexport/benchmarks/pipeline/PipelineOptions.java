package io.embeddingexport.benchmarks.pipeline;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code benchmarks/run pipeline} is told. */
public final class PipelineOptions {
  @Option(
      names = "--quick",
      description = "One round of fewer messages of 600 bytes, if no more is said (5 min)")
  boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Contestants. Default: all")
  Set<String> only = Set.of();

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SIZE",
      description = "100B,600B,4KiB. Default: all")
  Set<String> sizes = Set.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Of each contestant. Default: 3")
  @Nullable Integer rounds;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1",
      description = "N times as many messages: less of it is compiling")
  int length;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of each topic. Default: ${DEFAULT-VALUE}")
  int partitions;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of each contestant. Default: ${DEFAULT-VALUE}")
  int parallelism;

  @Option(
      names = "--jfr",
      paramLabel = "DIR",
      description = "Flight recordings of the contestants go there: slower")
  @Nullable Path profiles;

  int rounds() {
    return rounds != null ? rounds : quick ? 1 : 3;
  }

  boolean takes(Contestant contestant) {
    return only.isEmpty() || only.contains(contestant.id());
  }

  boolean takes(PipelineWorkload workload) {
    return sizes.isEmpty() || sizes.contains(workload.name());
  }
}
