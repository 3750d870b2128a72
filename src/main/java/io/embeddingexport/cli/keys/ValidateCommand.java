package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.keys.KeyConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys validate}: checks files. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Check key-config files and name every problem at once.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all are valid", "1:there are problems", "2:wrong usage"})
public final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private KeyConfigArguments files;

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = files.read(problems);
    problems.forEach(problem -> ErrorLine.print(spec, problem));
    PrintWriter out = spec.commandLine().getOut();
    for (KeyConfig config : configs) {
      out.println(
          "valid: model '"
              + config.model()
              + "', version "
              + config.version()
              + ", "
              + config.keys().size()
              + (config.keys().size() == 1 ? " key" : " keys")
              + (config.outputTopic() == null ? "" : ", to topic " + config.outputTopic()));
    }
    return problems.isEmpty() ? 0 : 1;
  }
}
