package io.embeddingexport.cli;

import io.embeddingexport.cli.clients.ErrorLine;
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
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code feature-id}: turns feature names into their ids. */
@Command(
    name = "feature-id",
    description = "Print the feature id of each name, as libtwml computes it: id, tab, name.",
    exitCodeList = {"0:every name has an id", "1:a name is not UTF-8", "2:wrong usage"})
public final class FeatureIdCommand implements Callable<Integer> {
  private final InputStream in;
  private final OutputStream standardOutput;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "A feature name, or '-' alone to read UTF-8 names from standard input, one"
              + " per line.")
  private List<String> names;

  /** Reads standard input, writes standard output. */
  public FeatureIdCommand() {
    this(System.in, new FileOutputStream(FileDescriptor.out));
  }

  FeatureIdCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.standardOutput = out;
  }

  @Override
  public Integer call() throws IOException {
    boolean good = true;
    OutputStream out = new BufferedOutputStream(standardOutput);
    if (names.equals(List.of("-"))) {
      Lines lines = new Lines(in);
      for (byte[] name = lines.next(); name != null; name = lines.next()) {
        byte[] utf8 = name;
        good &= print("line " + lines.number(), utf8, () -> FeatureId.ofUtf8(utf8), out);
        if (!lines.ready()) {
          out.flush();
        }
      }
    } else {
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        good &= print("argument " + (i + 1), utf8, () -> FeatureId.of(intact(name)), out);
      }
    }
    out.flush();
    return good ? 0 : 1;
  }

  private boolean print(String place, byte[] name, LongSupplier id, OutputStream out)
      throws IOException {
    try {
      out.write((id.getAsLong() + "\t").getBytes(StandardCharsets.US_ASCII));
      out.write(name);
      out.write('\n');
      return true;
    } catch (IllegalArgumentException e) {
      ErrorLine.print(spec, place + ": " + e.getMessage());
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
}
