package io.embeddingexport.it.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs commands in this process, with the options of a job.
 *
 * @param options the file
 */
record CommandRun(Path options, StandardErrorByThread standardError) {

  /**
   * What a command did.
   *
   * @param err with what the threads of the command printed there
   */
  record Outcome(int exitCode, String out, String err) {
    Stream<String> lines() {
      return Stream.concat(out.lines(), err.lines());
    }
  }

  /**
   * Writes the options to a file in {@code directory}.
   *
   * @param options by name
   */
  static CommandRun with(
      Map<String, String> options, Path directory, StandardErrorByThread standardError)
      throws IOException {
    StringBuilder yaml = new StringBuilder();
    options.forEach((name, value) -> yaml.append(name + ": '" + value + "'\n"));
    return new CommandRun(
        Files.writeString(Files.createTempFile(directory, "job", ".yaml"), yaml), standardError);
  }

  /** Runs a command. {@code peek} and {@code consume} write to the process's standard output. */
  Outcome command(List<String> words) {
    ByteArrayOutputStream console = standardError.begin();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--config", options.toString()));
    int exitCode = command.execute(all.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err + console.toString(UTF_8));
  }
}
