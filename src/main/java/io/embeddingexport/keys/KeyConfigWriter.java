package io.embeddingexport.keys;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * Writes a key config in its canonical form: JSON on one line, fields in a fixed order, nothing
 * left to a default, so that what was written stays what it was when defaults change. {@link
 * KeyConfigParser#parse} of it gives an equal config.
 */
public final class KeyConfigWriter {
  private static final JsonFactory JSON = new JsonFactory();

  public static String toJson(KeyConfig config) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("model", config.model());
      out.writeNumberField("version", config.version());
      if (config.entityIdKey() != null) {
        out.writeNumberField("entity-id-feature", config.entityIdKey());
      }
      if (config.eventTimeKey() != null) {
        out.writeNumberField("event-time-feature", config.eventTimeKey());
      }
      if (config.outputTopic() != null) {
        out.writeStringField("output-topic", config.outputTopic());
      }
      out.writeArrayFieldStart("keys");
      for (KeySpec spec : config.keys()) {
        write(out, spec);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, KeySpec spec) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", spec.name());
    out.writeNumberField("key", spec.key());
    out.writeStringField("dtype", lower(spec.dataType()));
    out.writeFieldName("shape");
    long[] dims = spec.shape().toArray();
    out.writeArray(dims, 0, dims.length);
    out.writeStringField("encoding", spec.encoding().isTyped() ? "typed" : "raw");
    out.writeBooleanField("optional", spec.optional());
    out.writeStringField("non-finite", lower(spec.nonFinite()));
    out.writeEndObject();
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private KeyConfigWriter() {}
}
