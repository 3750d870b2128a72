package io.embeddingexport.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contestant at work. It ends when closed, and also if this process dies. */
final class ContestantProcess implements AutoCloseable {
  private static final int EXIT_SECONDS = 20;

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;
  private final Path log;

  private ContestantProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ContestantProcess start(
      Contestant contestant, ContestantSettings settings, List<String> jvmOptions, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms1g", "-Xmx1g"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ContestantMain.class.getName());
    command.add(contestant.name());
    command.addAll(settings.toArguments());
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new ContestantProcess(process, log);
  }

  Usage usage() throws IOException {
    questions.write('\n');
    questions.flush();
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(ContestantMain.ANSWER)) {
        return Usage.parse(line.substring(ContestantMain.ANSWER.length()));
      }
    }
    throw new IllegalStateException("the contestant has ended; see " + log);
  }

  /** Politely first: a flight recording is written when the process ends. */
  @Override
  public void close() throws InterruptedException {
    // Not the process's own destroy: that closes its input too, which ends it at once.
    process.toHandle().destroy();
    if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().onExit().join();
    }
  }
}
