package io.embeddingexport.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.peek.PrintLimits;
import io.embeddingexport.cli.peek.RecordForm;
import io.embeddingexport.cli.vectors.Decoding;
import io.embeddingexport.cli.vectors.JsonFilter;
import io.embeddingexport.datarecord.DataRecordView;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code decode}: turns records in hex into their contents. */
@Command(
    name = "decode",
    description = {
      "Decode records: a filter from hex lines to JSON lines.",
      "In:  a record in hex, one per line.",
      "Out: {\"record\":{…}} as peek prints it, or {\"error\":\"…\",\"reason\":\"…\"}, one per line."
    },
    exitCodeList = {"0:every line was good", "1:a line was bad", "2:wrong usage"})
public final class DecodeCommand implements Callable<Integer> {
  @Option(
      names = "--vectors",
      description = "Print the form of libtwml's test vectors, with length, bits and encodings.")
  private boolean vectors;

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
    JsonFilter.Conversion conversion =
        vectors
            ? Decoding::toVector
            : (line, json) -> Decoding.convert(line, json, DecodeCommand::write);
    return new JsonFilter(conversion).run(in, out) ? 0 : 1;
  }

  private static void write(DataRecordView record, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeFieldName("record");
    new RecordForm(json, PrintLimits.NONE).write(record, Long::toString);
    json.writeEndObject();
  }
}
