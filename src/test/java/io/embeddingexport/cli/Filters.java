package io.embeddingexport.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs a filter command in process. */
final class Filters {

  /** What a run left behind. */
  record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  static Result encode(String in) {
    return run(in.getBytes(StandardCharsets.UTF_8), "encode", "--vectors");
  }

  static Result encodePlain(String in) {
    return run(in.getBytes(StandardCharsets.UTF_8), "encode");
  }

  static Result decodePlain(String in) {
    return run(in.getBytes(StandardCharsets.UTF_8), "decode");
  }

  static Result decode(String in) {
    return run(in.getBytes(StandardCharsets.UTF_8), "decode", "--vectors");
  }

  static Result featureId(byte[] in, String... arguments) {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.add(0, "feature-id");
    return run(in, words.toArray(String[]::new));
  }

  private static Result run(byte[] in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new FilterCommands(new ByteArrayInputStream(in), out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Filters() {}
}
