package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.job.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The files of key configs that a command is given. */
final class KeyConfigArguments {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, or directories of .yaml, .yml and .json files.")
  private List<String> files = List.of();

  /**
   * The key configs of all files, one a model.
   *
   * @throws CommandException that names every problem of every file
   */
  List<KeyConfig> read() throws CommandException {
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = read(problems);
    if (!problems.isEmpty()) {
      throw CommandException.of(problems);
    }
    return configs;
  }

  /**
   * The valid key configs, one a model.
   *
   * @param problems gets a sentence for each problem
   */
  List<KeyConfig> read(List<String> problems) {
    return KeyConfigFiles.read(files, problems);
  }
}
