package io.embeddingexport.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
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
    return run(EncodeCommand::new, in.getBytes(StandardCharsets.UTF_8), "--vectors");
  }

  static Result encodePlain(String in) {
    return run(EncodeCommand::new, in.getBytes(StandardCharsets.UTF_8));
  }

  static Result decodePlain(String in) {
    return run(DecodeCommand::new, in.getBytes(StandardCharsets.UTF_8));
  }

  static Result decode(String in) {
    return run(DecodeCommand::new, in.getBytes(StandardCharsets.UTF_8), "--vectors");
  }

  static Result featureId(byte[] in, String... arguments) {
    return run(FeatureIdCommand::new, in, arguments);
  }

  private static Result run(
      BiFunction<InputStream, OutputStream, Object> command, byte[] in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command.apply(new ByteArrayInputStream(in), out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Filters() {}
}
