package io.embeddingexport.cli.positions;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.job.ExportTopology;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import io.embeddingexport.kafka.positions.PositionStatus;
import io.embeddingexport.kafka.source.SavepointPositions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code positions}: how far the inputs are exported, and where the next start continues. */
@Command(
    name = "positions",
    description = "See and set how far a job has exported its inputs (docs/positions.md).")
public final class PositionsCommand {
  @Spec private CommandSpec spec;

  /** Exactly one of these options. */
  static final class Where {
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

  /** The partitions to set. */
  static final class PartitionArguments {
    @Option(
        names = "--partition",
        paramLabel = "TOPIC:N",
        description = "Set only this partition. Repeatable (default: all).")
    private Set<String> partitions = new LinkedHashSet<>();

    @Option(
        names = "--topic",
        paramLabel = "TOPIC",
        description = "Set only the partitions of this topic. Repeatable.")
    private Set<String> topics = new LinkedHashSet<>();
  }

  @Command(
      name = "show",
      description = {
        "Show how far each partition is exported, and whether the next start would continue there.",
        "It changes nothing and fences no job. Readers see exactly what is before the positions."
      },
      exitCodeList = {
        "0:a start would continue",
        "1:a start would be refused, or the brokers cannot be asked",
        "2:wrong usage or options"
      })
  int show(
      @Mixin JobPositions job,
      @Option(names = "--json", description = "Print one JSON object.") boolean json)
      throws Exception {
    PositionReport report;
    try (PositionEditor positions = JobPositions.open(job.load(), JobAccess.LOOK)) {
      report = positions.look();
    }
    if (json) {
      out().println(PositionListing.json(report));
    } else {
      PositionListing.print(report, out());
    }
    return report.problems().isEmpty() ? 0 : 1;
  }

  @Command(
      name = "adopt",
      description = {
        "Turn offsets that the group has committed into this job's positions: those of an earlier"
            + " release, of another consumer, or of this job under another transactional id"
            + " prefix.",
        "Without --yes it only prints what it would do. It aborts open transactions under either"
            + " prefix: stop the job first."
      },
      exitCodeList = {
        "0:adopted, or there is nothing to adopt, or a dry run",
        "1:refused, or the brokers cannot be asked",
        "2:wrong usage or options"
      })
  int adopt(@Mixin JobPositions job, @Option(names = "--yes", description = "Do it.") boolean yes)
      throws Exception {
    try (PositionEditor editor = JobPositions.open(job.load(), access(yes))) {
      change(editor, AdoptPlan::of, yes);
      return 0;
    }
  }

  @Command(
      name = "set",
      description = {
        "Set the job's positions: the next start continues there.",
        "Without --yes it only prints what would be skipped or exported again. A running job is"
            + " fenced and fails for good: stop it first.",
      },
      exitCodeList = {
        "0:set, or a dry run",
        "1:refused, or the brokers or the savepoint cannot be read",
        "2:wrong usage or options"
      })
  int set(
      @Mixin JobPositions job,
      @ArgGroup(multiplicity = "1") Where where,
      @Mixin PartitionArguments chosen,
      @Option(names = "--yes", description = "Do it.") boolean yes)
      throws Exception {
    JobSettings settings = job.load();
    List<String> topics = settings.source().topics();
    Choice choice = Choice.of(chosen.partitions, chosen.topics, topics);
    Targets targets = targets(where, topics);
    try (PositionEditor editor = JobPositions.open(settings, access(yes))) {
      choice.requireInputs(editor.look());
      change(editor, report -> plan(report, targets, choice, editor), yes);
      return 0;
    }
  }

  private static JobAccess access(boolean confirmed) {
    return confirmed ? JobAccess.READ : JobAccess.LOOK;
  }

  private static Targets targets(Where where, List<String> topics) throws CommandException {
    String to = where.to;
    if (to != null) {
      try {
        return Targets.of(ReadPosition.from(to, topics));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--to " + to + ": " + e.getMessage(), e);
      }
    }
    try {
      return Targets.of(
          SavepointPositions.read(
              String.valueOf(where.savepoint),
              ExportTopology.SOURCE_UID,
              ExportTopology.EARLIER_SOURCE_UID));
    } catch (IOException e) {
      throw new CommandException(
          "--savepoint: %s; nothing is committed"
              .formatted(e.getMessage().replaceAll("\\s+", " ").replaceAll("\\.$", "")));
    }
  }

  private static PositionPlan plan(
      PositionReport report, Targets targets, Choice choice, PositionEditor editor) {
    List<TopicPartition> inputs = report.inputs().stream().map(PositionStatus::partition).toList();
    Map<TopicPartition, Long> to = new HashMap<>(targets.offsets().apply(inputs, editor.broker()));
    to.keySet().removeIf(partition -> !choice.includes(partition));
    return SetPlan.of(
        report, to, partition -> choice.includes(partition) ? targets.unnamed() : "not chosen");
  }

  /**
   * Plans from what is visible without changing anything, and prints the plan; then, if confirmed,
   * plans again from the state after the job is fenced, and commits.
   *
   * @throws CommandException if the plan is refused; nothing is committed then
   */
  private void change(
      PositionEditor editor, Function<PositionReport, PositionPlan> planner, boolean confirmed)
      throws CommandException, InterruptedException {
    PositionPlan plan = accepted(planner.apply(editor.look()));
    if (plan.positions().isEmpty() || !confirmed) {
      dryRun(plan, editor);
      return;
    }
    List<PositionPlan> applied = new ArrayList<>();
    editor.apply(
        report -> {
          PositionPlan now = planner.apply(report);
          applied.add(now);
          return now.problems().isEmpty() ? now.positions() : Map.of();
        });
    PositionPlan last = accepted(applied.get(applied.size() - 1));
    last.lines().forEach(out()::println);
    PositionReport after = editor.look();
    out().println("committed " + positions(last) + " of group " + after.groupId());
    if (after.problems().isEmpty()) {
      out().println("the next start continues there");
    } else {
      out().println("a start is still refused:");
      after.problems().forEach(problem -> out().println("  " + problem));
    }
  }

  private static PositionPlan accepted(PositionPlan plan) throws CommandException {
    if (!plan.problems().isEmpty()) {
      throw new CommandException(String.join("\n  ", plan.problems()) + "; nothing is committed");
    }
    return plan;
  }

  private void dryRun(PositionPlan plan, PositionEditor editor) throws InterruptedException {
    plan.lines().forEach(out()::println);
    if (plan.positions().isEmpty()) {
      out().println("nothing to commit");
      return;
    }
    List<String> open = editor.open();
    if (!open.isEmpty()) {
      out().println("aborts open transactions: " + String.join(", ", open));
    }
    out()
        .println(
            "dry run: nothing is committed; stop the job first, or it is fenced and fails; --yes"
                + " commits "
                + positions(plan));
  }

  private static String positions(PositionPlan plan) {
    int count = plan.positions().size();
    return count + (count == 1 ? " position" : " positions");
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
