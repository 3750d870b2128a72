package io.embeddingexport.cli;

import io.embeddingexport.cli.vectors.Encoding;
import io.embeddingexport.cli.vectors.JsonFilter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code encode}: turns each JSON line of keys and tensors into a line of hex. */
@Command(
    name = "encode",
    mixinStandardHelpOptions = true,
    description = {
      "Turn keys and tensors into records: a filter from JSON lines to JSON lines.",
      "In:  {\"keys\":[1],\"tensors\":[{\"dtype\":\"FLOAT\",\"shape\":[1,2],\"data\":[0.5,1]}]}",
      "     and, in place of data: bits (hex of IEEE 754, most significant first), hex (strings),",
      "     gen; besides: features, keysShape.",
      "Out: {\"hex\":\"…\"} or {\"error\":\"…\"}, one a line."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
public final class EncodeCommand implements Callable<Integer> {
  private final InputStream in;
  private final OutputStream out;

  /** Reads standard input, writes standard output. */
  public EncodeCommand() {
    this(System.in, new FileOutputStream(FileDescriptor.out));
  }

  EncodeCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    return new JsonFilter(Encoding::convert).run(in, out) ? 0 : 1;
  }
}
