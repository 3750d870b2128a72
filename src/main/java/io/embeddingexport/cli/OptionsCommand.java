package io.embeddingexport.cli;

import io.embeddingexport.job.options.OptionsDocumentation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code options}: the reference of the job's options. */
@Command(
    name = "options",
    description = "Print every option of the job, as in docs/configuration.md.")
public final class OptionsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(OptionsDocumentation.page());
  }
}
