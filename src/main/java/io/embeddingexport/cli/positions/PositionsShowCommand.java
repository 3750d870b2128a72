package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.positions.PositionEditor;
import io.embeddingexport.kafka.positions.PositionReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code positions show}: how far the inputs are exported, and the outcome of the next start. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Show how far each partition is exported, and whether the next start would continue there.",
      "It changes nothing and fences no job. Readers see exactly what is before the positions."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:a start would continue",
      "1:a start would be refused, or the brokers cannot be asked",
      "2:wrong usage or options"
    })
public final class PositionsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobPositions job;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PositionReport report;
    try (PositionEditor positions = JobPositions.open(job.load())) {
      report = positions.look();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      new PositionJson(out).print(report);
    } else {
      new PositionText(out).print(report);
    }
    out.flush();
    return report.problems().isEmpty() ? 0 : 1;
  }
}
