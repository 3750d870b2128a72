package io.embeddingexport.cli.vectors;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Turns each input line into one JSON object on its own line; a bad one into an error. */
public final class JsonFilter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build();

  private final Conversion conversion;

  /** Turns one line into one JSON object. */
  public interface Conversion {
    /** Writes the object, or throws before writing anything. */
    void convert(byte[] line, JsonGenerator json) throws IOException;
  }

  public JsonFilter(Conversion conversion) {
    this.conversion = conversion;
  }

  /**
   * Converts all of {@code in}, flushing before each wait for more input.
   *
   * @return whether every line was good
   */
  public boolean run(InputStream in, OutputStream out) throws IOException {
    Lines lines = new Lines(in);
    boolean good = true;
    try (JsonGenerator json = MAPPER.createGenerator(new BufferedOutputStream(out))) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setRootValueSeparator(new SerializedString(""));
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        try {
          conversion.convert(line, json);
        } catch (InvalidLineException e) {
          good = false;
          writeError(json, lines.number(), e);
        }
        json.writeRaw('\n');
        if (!lines.ready()) {
          json.flush();
        }
      }
    }
    return good;
  }

  private static void writeError(JsonGenerator json, long line, InvalidLineException e)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("error", e.messageFor(line));
    if (e.reason() != null) {
      json.writeStringField("reason", e.reason());
    }
    json.writeEndObject();
  }
}
