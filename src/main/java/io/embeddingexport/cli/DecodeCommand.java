package io.embeddingexport.cli;

import io.embeddingexport.cli.vectors.Decoding;
import io.embeddingexport.cli.vectors.JsonFilter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code decode}: turns records in hex into their contents. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Turn records into what they hold: a filter from hex lines to JSON lines.",
      "In:  a record in hex, one a line.",
      "Out: {\"length\":…,\"consumed\":…,\"tensors\":[…]} with the fields the record has,",
      "     or {\"error\":\"…\",\"reason\":\"…\"}, one a line."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
public final class DecodeCommand implements Callable<Integer> {
  private final InputStream in;
  private final OutputStream out;

  /** Reads standard input, writes standard output. */
  public DecodeCommand() {
    this(System.in, new FileOutputStream(FileDescriptor.out));
  }

  DecodeCommand(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    return new JsonFilter(Decoding::convert).run(in, out) ? 0 : 1;
  }
}
