package io.embeddingexport.cli.inputs;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.clients.JobArgumentOptions;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.job.options.InputFiles;
import io.embeddingexport.job.options.InvalidOptionsException;
import io.embeddingexport.job.options.JobConfiguration;
import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.job.options.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inputs validate}: checks mapping files. */
@Command(
    name = "validate",
    description = {
      "Check mapping files, with the schema files that they name, and name every problem at once.",
      "With --config it checks them as the input.mapping of that job, with their topics; without"
          + " FILE, those that the job names."
    },
    exitCodeList = {"0:all are valid", "1:there are problems", "2:wrong usage"})
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobArgumentOptions job;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Mapping files.")
  private List<String> files = new ArrayList<>();

  @Override
  public Integer call() throws InvalidInputException, InvalidOptionsException {
    List<String> problems = new ArrayList<>();
    InputFiles read = job.isGiven() ? ofJob(problems) : ofFiles(problems);
    problems.forEach(problem -> ErrorLine.print(spec, problem));
    for (InputText text : read.texts()) {
      spec.commandLine().getOut().println("valid: " + text + summary(text.parse()));
    }
    return problems.isEmpty() ? 0 : 1;
  }

  private InputFiles ofFiles(List<String> problems) {
    ArgumentCheck.require(spec, !files.isEmpty(), "name a mapping FILE, or a job with --config");
    return InputFiles.read(files, problems);
  }

  private InputFiles ofJob(List<String> problems) throws InvalidOptionsException {
    JobConfiguration options = job.arguments().options();
    // A job that cannot be read at all is wrong usage, as in other commands.
    options.wellFormed();
    if (!files.isEmpty()) {
      options.values().set(JobOptions.INPUT_MAPPING, files);
    }
    ArgumentCheck.require(
        spec,
        options.values().contains(JobOptions.INPUT_MAPPING),
        "the job of --config has no input.mapping; name a mapping FILE");
    try {
      return JobSettings.inputFiles(options);
    } catch (InvalidOptionsException e) {
      problems.addAll(e.problems());
      return new InputFiles(List.of(), List.of(), 0);
    }
  }

  private static String summary(EventInput input) {
    return ", "
        + input.format().name().toLowerCase(Locale.ROOT)
        + (input.mapping() == null ? " in our own form" : "")
        + (input.topics().isEmpty() ? "" : ", of " + String.join(", ", input.topics()));
  }
}
