package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.positions.JobPositions;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.job.options.Replay;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionKind;
import io.embeddingexport.kafka.positions.PositionReport;
import java.util.Objects;

/** How far a replay has come. */
public final class ReplayPositions {

  /**
   * Whether an earlier run of the replay has reached the present end of the topic.
   *
   * @param settings of the replay
   * @throws CommandException if a start would be refused
   */
  public static boolean areAtTheEnd(Replay replay, JobSettings settings)
      throws CommandException, InterruptedException {
    PositionReport report;
    try (PositionEditor positions = JobPositions.open(settings, JobAccess.READ)) {
      report = positions.look();
    }
    if (report.inputs().stream().anyMatch(input -> input.kind() == PositionKind.OTHER_PREFIX)) {
      throw new CommandException(
          "--id %s: that replay has begun with other filters than %s; give the same ones, or another --id"
              .formatted(replay.id(), replay.letters()));
    }
    if (!report.problems().isEmpty()) {
      boolean began = report.hasMarkers() || !report.ofGroup().isEmpty();
      throw new CommandException(
          String.join("\n  ", report.problems())
              + (began ? "\n  Use another --id to begin at the first letter again." : ""));
    }
    return report.hasMarkers()
        && report.inputs().stream()
            .allMatch(input -> Objects.requireNonNull(input.start()) >= input.end());
  }

  private ReplayPositions() {}
}
