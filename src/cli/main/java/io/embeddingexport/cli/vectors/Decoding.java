package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.peek.PrintLimits;
import io.embeddingexport.cli.peek.RecordForm;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Converts a record in hex to its contents, as JSON. */
public final class Decoding {

  /** The form of libtwml's test vectors; a {@link JsonFilter.Conversion}. */
  public static void toVector(byte[] line, JsonGenerator json) throws IOException {
    byte[] record = unhex(line);
    json.writeTree(DecodedForm.of(read(record), record.length));
  }

  /** The form of {@code peek}; a {@link JsonFilter.Conversion}. */
  public static void toRecord(byte[] line, JsonGenerator json) throws IOException {
    DataRecordView record = read(unhex(line));
    json.writeStartObject();
    json.writeFieldName("record");
    new RecordForm(json, PrintLimits.NONE).write(record, Long::toString);
    json.writeEndObject();
  }

  private static DataRecordView read(byte[] record) {
    try {
      return DataRecordReader.read(record);
    } catch (MalformedRecordException e) {
      String reason = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
      throw InvalidLineException.of(e.getMessage(), reason);
    }
  }

  /** An empty line is a record of no bytes, which is malformed. */
  private static byte[] unhex(byte[] line) {
    String hex = new String(line, StandardCharsets.ISO_8859_1).strip();
    for (int i = 0; i < hex.length(); i++) {
      if (!HexFormat.isHexDigit(hex.charAt(i))) {
        throw InvalidLineException.of("character " + (i + 1) + " is not a hex digit", "not-hex");
      }
    }
    if (hex.length() % 2 != 0) {
      throw InvalidLineException.of("an odd number of hex digits: " + hex.length(), "not-hex");
    }
    return HexFormat.of().parseHex(hex);
  }

  private Decoding() {}
}
