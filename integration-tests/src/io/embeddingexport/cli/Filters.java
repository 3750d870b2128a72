package io.embeddingexport.cli;

import io.embeddingexport.cli.FilterCommands.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

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

  /** The filters, with other streams than standard input and output. */
  static CommandLine commandLine(InputStream in, OutputStream out) {
    IFactory factory =
        new IFactory() {
          @Override
          public <K> K create(Class<K> type) throws Exception {
            return type == Streams.class
                ? type.cast(new Streams(in, out))
                : CommandLine.defaultFactory().create(type);
          }
        };
    return new CommandLine(FilterCommands.class, factory);
  }

  private static Result run(byte[] in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    int exitCode =
        commandLine(new ByteArrayInputStream(in), out)
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  private Filters() {}
}
