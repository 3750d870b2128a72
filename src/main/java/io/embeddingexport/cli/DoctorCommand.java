package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.job.checks.Finding;
import io.embeddingexport.job.checks.Preflight;
import io.embeddingexport.job.checks.PreflightContext;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: runs the checks of {@code run}, and prints all results. */
@Command(
    name = "doctor",
    description = {
      "Check brokers, topics, permissions, transactions and checkpoint storage for a job.",
      "It takes the options of run and submits nothing; docs/doctor.md explains each check."
    },
    exitCodeList = {
      "0:the job can run, though there may be warnings",
      "1:there are errors",
      "2:wrong usage or options"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private JobArgumentOptions job = new JobArgumentOptions();

  @Option(names = "--json", description = "Print one array of objects: check, level, text, remedy.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    JobSettings settings =
        JobSettings.of(
            job.arguments().with(JobOptions.PREFLIGHT_ENABLED.key() + "=true").options());
    List<Finding> findings =
        Preflight.check(
            PreflightContext.here(settings), Objects.requireNonNull(settings.preflightTimeout()));
    Findings printed = new Findings(findings);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printed.printJson(out);
    } else {
      printed.print(out, spec.commandLine().getColorScheme().ansi());
    }
    return printed.count(Finding.Level.ERROR) == 0 ? 0 : 1;
  }
}
