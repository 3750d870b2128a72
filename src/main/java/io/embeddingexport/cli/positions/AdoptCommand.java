package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionEditor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code positions adopt}: continues from offsets that somebody else has committed. */
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Turn offsets that the group has committed into this job's positions: those of an earlier"
          + " release, of another consumer, or of this job under another transactional id prefix.",
      "Without --yes it only prints what it would do. It aborts open transactions under either"
          + " prefix: stop the job first."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:adopted, or there is nothing to adopt, or a dry run",
      "1:refused, or the brokers cannot be asked",
      "2:wrong usage or options"
    })
public final class AdoptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobPositions job;

  @Option(names = "--yes", description = "Do it.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    try (PositionEditor editor = JobPositions.open(job.load())) {
      new PositionChange(editor, spec.commandLine().getOut(), AdoptPlan::of).run(yes);
      return 0;
    }
  }
}
