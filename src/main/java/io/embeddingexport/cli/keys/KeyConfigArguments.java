package io.embeddingexport.cli.keys;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.job.options.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The key-config files passed to a command. */
final class KeyConfigArguments {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files, or directories of .yaml, .yml and .json files.")
  private List<String> files = List.of();

  /**
   * The key configs of all files, one per model.
   *
   * @throws CommandException naming every problem of every file
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
   * The valid key configs, one per model.
   *
   * @param problems receives a sentence for each problem
   */
  List<KeyConfig> read(List<String> problems) {
    return KeyConfigFiles.read(files, problems);
  }
}
