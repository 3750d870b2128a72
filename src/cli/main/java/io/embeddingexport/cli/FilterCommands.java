package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ErrorLine;
import io.embeddingexport.cli.vectors.Decoding;
import io.embeddingexport.cli.vectors.Encoding;
import io.embeddingexport.cli.vectors.JsonFilter;
import io.embeddingexport.cli.vectors.Lines;
import io.embeddingexport.datarecord.FeatureId;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code encode}, {@code decode} and {@code feature-id}: they read and write lines. */
@Command
final class FilterCommands {

  /** What the command in question reads and writes. */
  @Command
  static final class Streams {
    private final InputStream in;
    private final OutputStream out;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Standard input and output. */
    Streams() {
      this(System.in, new FileOutputStream(FileDescriptor.out));
    }

    Streams(InputStream in, OutputStream out) {
      this.in = in;
      this.out = out;
    }
  }

  @Command(
      name = "encode",
      description = {
        "Turn keys and tensors into records: a filter from JSON lines to JSON lines.",
        "In:  {\"keys\":[1],\"tensors\":[{\"dtype\":\"FLOAT\",\"shape\":[1,2],\"data\":[0.5,1]}]}",
        "     In place of data: bits (hex of IEEE 754, most significant first), hex (strings).",
        "Out: {\"hex\":\"…\"} or {\"error\":\"…\"}, one per line."
      },
      exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
  static int encode(
      @Mixin Streams streams,
      @Option(
              names = "--vectors",
              description =
                  "Accept all fields of libtwml's test vectors: features, keysShape, level, and gen"
                      + " in place of data.")
          boolean vectors)
      throws IOException {
    return filtered(streams, vectors ? Encoding::convertVector : Encoding::convert);
  }

  @Command(
      name = "decode",
      description = {
        "Decode records: a filter from hex lines to JSON lines.",
        "In:  a record in hex, one per line.",
        "Out: {\"record\":{…}} as peek prints it, or {\"error\":\"…\",\"reason\":\"…\"}, one per line."
      },
      exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
  static int decode(
      @Mixin Streams streams,
      @Option(
              names = "--vectors",
              description =
                  "Print the form of libtwml's test vectors, with length, bits and encodings.")
          boolean vectors)
      throws IOException {
    return filtered(streams, vectors ? Decoding::toVector : Decoding::toRecord);
  }

  private static int filtered(Streams streams, JsonFilter.Conversion conversion)
      throws IOException {
    return new JsonFilter(conversion).run(streams.in, streams.out) ? 0 : 1;
  }

  @Command(
      name = "feature-id",
      description = "Print the feature id of each name, as libtwml computes it: id, tab, name.",
      exitCodeList = {"0:every name has an id", "1:a name is not UTF-8", "2:wrong usage"})
  static int featureId(
      @Mixin Streams streams,
      @Parameters(
              paramLabel = "NAME",
              arity = "1..*",
              description =
                  "A feature name, or '-' alone to read UTF-8 names from standard input, one"
                      + " per line.")
          List<String> names)
      throws IOException {
    boolean good = true;
    OutputStream out = new BufferedOutputStream(streams.out);
    if (names.equals(List.of("-"))) {
      Lines lines = new Lines(streams.in);
      for (byte[] name = lines.next(); name != null; name = lines.next()) {
        byte[] utf8 = name;
        good &= print(streams, "line " + lines.number(), utf8, () -> FeatureId.ofUtf8(utf8), out);
        if (!lines.ready()) {
          out.flush();
        }
      }
    } else {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        good &= print(streams, "argument " + (i + 1), utf8, () -> FeatureId.of(intact(name)), out);
      }
    }
    out.flush();
    return good ? 0 : 1;
  }

  private static boolean print(
      Streams streams, String place, byte[] name, LongSupplier id, OutputStream out)
      throws IOException {
    try {
      out.write((id.getAsLong() + "\t").getBytes(StandardCharsets.US_ASCII));
      out.write(name);
      out.write('\n');
      return true;
    } catch (IllegalArgumentException e) {
      ErrorLine.print(streams.spec, place + ": " + e.getMessage());
      return false;
    }
  }

  /**
   * Rejects arguments garbled in the C locale, where Java reads every non-ASCII byte as '?' or
   * U+FFFD.
   */
  private static String intact(String argument) {
    String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
    if (!encoding.equalsIgnoreCase("UTF-8")
        && (argument.indexOf('?') >= 0 || argument.indexOf('\ufffd') >= 0)) {
      throw new IllegalArgumentException(
          "the locale ("
              + encoding
              + ") may have changed this name: set LC_ALL=C.UTF-8, or pass it on standard input"
              + " to 'feature-id -'");
    }
    return argument;
  }

  private FilterCommands() {}
}
