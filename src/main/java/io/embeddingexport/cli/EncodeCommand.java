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
import picocli.CommandLine.Option;

/** {@code encode}: turns each JSON line of keys and tensors into a line of hex. */
@Command(
    name = "encode",
    description = {
      "Turn keys and tensors into records: a filter from JSON lines to JSON lines.",
      "In:  {\"keys\":[1],\"tensors\":[{\"dtype\":\"FLOAT\",\"shape\":[1,2],\"data\":[0.5,1]}]}",
      "     In place of data: bits (hex of IEEE 754, most significant first), hex (strings).",
      "Out: {\"hex\":\"…\"} or {\"error\":\"…\"}, one per line."
    },
    exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
public final class EncodeCommand implements Callable<Integer> {
  @Option(
      names = "--vectors",
      description =
          "Accept all fields of libtwml's test vectors: features, keysShape, level, and gen in place"
              + " of data.")
  private boolean vectors;

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
    return new JsonFilter(vectors ? Encoding::convertVector : Encoding::convert).run(in, out)
        ? 0
        : 1;
  }
}
