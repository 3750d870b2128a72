package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.source.SavepointPositions;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code positions set}: sets positions by hand. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Set the job's positions: the next start continues there.",
      "Without --yes it only prints what would be skipped or exported again. A running job is"
          + " fenced and fails for good: stop it first.",
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:set, or a dry run",
      "1:refused, or the brokers or the savepoint cannot be read",
      "2:wrong usage or options"
    })
public final class SetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobPositions job;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** Exactly one of these options. */
  private static final class Where {
    @Option(
        names = "--to",
        paramLabel = "POSITION",
        description =
            "earliest, latest, timestamp:2026-01-31T12:00:00Z, or offset:0=12,1=40 for only these"
                + " partitions (TOPIC:0=12 with several topics; *=0: every other).")
    private @Nullable String to;

    @Option(
        names = "--savepoint",
        paramLabel = "PATH",
        description = "The positions in this savepoint or checkpoint of the job.")
    private @Nullable String savepoint;
  }

  @Option(
      names = "--partition",
      paramLabel = "TOPIC:N",
      description = "Set only this partition. Repeatable (default: all).")
  private Set<String> partitions = new LinkedHashSet<>();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Set only the partitions of this topic. Repeatable.")
  private Set<String> chosenTopics = new LinkedHashSet<>();

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    JobSettings settings = job.load();
    List<String> topics = settings.source().topics();
    Choice choice = Choice.of(partitions, chosenTopics, topics);
    Targets targets = targets(topics);
    try (PositionEditor editor = JobPositions.open(settings)) {
      choice.requireInputs(editor.look());
      new PositionChange(
              editor, spec.commandLine().getOut(), report -> plan(report, targets, choice, editor))
          .run(yes);
      return 0;
    }
  }

  private Targets targets(List<String> topics) throws CommandException {
    String to = where.to;
    if (to != null) {
      try {
        return new Targets.ByPosition(ReadPosition.from(to, topics));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--to " + to + ": " + e.getMessage(), e);
      }
    }
    try {
      return new Targets.BySavepoint(
          SavepointPositions.read(
              String.valueOf(where.savepoint),
              ExportTopology.SOURCE_UID,
              ExportTopology.EARLIER_SOURCE_UID));
    } catch (IOException e) {
      throw new CommandException(
          "--savepoint: "
              + e.getMessage().replaceAll("\\s+", " ").replaceAll("\\.$", "")
              + "; nothing is committed");
    }
  }

  private static PositionPlan plan(
      PositionReport report, Targets targets, Choice choice, PositionEditor editor) {
    List<TopicPartition> inputs = report.inputs().stream().map(PositionStatus::partition).toList();
    Map<TopicPartition, Long> to = new HashMap<>(targets.of(inputs, editor.broker()));
    to.keySet().removeIf(partition -> !choice.includes(partition));
    return SetPlan.of(
        report, to, partition -> choice.includes(partition) ? targets.unnamed() : "not chosen");
  }
}
