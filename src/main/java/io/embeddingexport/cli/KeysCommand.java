package io.embeddingexport.cli;

import io.embeddingexport.job.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: what one does with key-config files. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Work with key-config files (docs/key-configs.md).",
    synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Check key-config files and name every problem at once.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:all are valid", "1:there are problems", "2:wrong usage"})
  int validate(
      @Parameters(
              paramLabel = "FILE",
              arity = "1..*",
              description = "Files, or directories of .yaml, .yml and .json files.")
          List<String> files) {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(files, problems);
    PrintWriter err = spec.commandLine().getErr();
    problems.forEach(err::println);
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
