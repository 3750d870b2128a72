package io.embeddingexport.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that is started to do one thing, and ends by itself. */
final class Errand {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SHOWN = 300;

  private Errand() {}

  /**
   * Runs to the end, which must be a good one. The process does not outlive this JVM.
   *
   * @param builder whose output goes to a file
   * @return what was printed
   * @throws FailedException if it ends badly or not in time
   */
  static String run(ProcessBuilder builder) {
    String words = String.join(" ", builder.command());
    String what = "… " + words.substring(Math.max(0, words.length() - SHOWN));
    try (Ending ending = new Ending()) {
      Process process = builder.start();
      ending.add(process::destroyForcibly);
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      String printed = Files.readString(builder.redirectOutput().file().toPath());
      if (!ended) {
        throw new FailedException(
            what + " has not ended after " + PATIENCE + ":\n" + withoutFrames(printed));
      }
      if (process.exitValue() != 0) {
        throw new FailedException(
            what + " ended with " + process.exitValue() + ":\n" + withoutFrames(printed));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + what, e);
    }
  }

  /** Flink's command line prints a hundred lines of stack for one of reason. */
  private static String withoutFrames(String printed) {
    return printed
        .lines()
        .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t... "))
        .collect(Collectors.joining("\n"));
  }

  /** It ended badly; the message has what it printed, without stack frames. */
  static final class FailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }
}
