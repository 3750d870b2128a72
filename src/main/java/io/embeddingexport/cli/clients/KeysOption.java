package io.embeddingexport.cli.clients;

import io.embeddingexport.job.KeyConfigFiles;
import io.embeddingexport.keys.KeyConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names key-config files. */
public final class KeysOption {
  @Option(
      names = "--keys",
      paramLabel = "FILE",
      split = ",",
      description = "Key configs: files, or directories of them. Repeatable, or with commas.")
  private List<String> files = new ArrayList<>();

  public boolean isGiven() {
    return !files.isEmpty();
  }

  /** The key configs of the files given. */
  public List<KeyConfig> read() throws CommandException {
    return read(files);
  }

  /**
   * Reads key configs, one a model.
   *
   * @throws CommandException that names every problem of every file
   */
  public static List<KeyConfig> read(List<String> files) throws CommandException {
    List<String> problems = new ArrayList<>();
    for (String file : files) {
      if (!Files.exists(Path.of(file))) {
        throw new CommandException(file + ": no such file; check --keys");
      }
    }
    List<KeyConfig> configs = KeyConfigFiles.read(files, problems);
    if (!problems.isEmpty()) {
      throw new CommandException(String.join(System.lineSeparator(), problems));
    }
    return configs;
  }
}
