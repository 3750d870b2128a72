package io.embeddingexport.cli.samples;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.job.options.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names key-config files. */
public final class KeysOption {
  @Option(
      names = {"-k", "--keys"},
      paramLabel = "FILE",
      split = ",",
      description =
          "Key configs: files, or directories of them. Repeatable, or comma-separated (default:"
              + " the samples user, item, query; of peek: the key-config.files of --config, if it"
              + " has them).")
  private List<String> files = new ArrayList<>();

  /**
   * The key configs of the given files, one per model; of the samples if there are none.
   *
   * @param others files that count if the option is not given
   * @throws CommandException naming every problem of every file
   */
  public List<KeyConfig> read(List<String> others) throws CommandException {
    List<String> chosen = files.isEmpty() ? others : files;
    if (chosen.isEmpty()) {
      return SampleKeyConfigs.all();
    }
    for (String file : chosen) {
      if (!Files.exists(Path.of(file))) {
        throw new CommandException(
            file + ": no such file; check " + (files.isEmpty() ? "key-config.files" : "--keys"));
      }
    }
    List<String> problems = new ArrayList<>();
    List<KeyConfig> configs = KeyConfigFiles.read(chosen, problems);
    CommandException.throwIfAny(problems);
    return configs;
  }
}
