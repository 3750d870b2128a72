package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.cli.samples.mapped.SampleValue.Elements;
import io.embeddingexport.cli.samples.mapped.SampleValue.EntityId;
import io.embeddingexport.cli.samples.mapped.SampleValue.Fields;
import io.embeddingexport.cli.samples.mapped.SampleValue.Items;
import io.embeddingexport.cli.samples.mapped.SampleValue.Time;
import io.embeddingexport.cli.samples.mapped.SampleValue.Whole;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventTimeUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON. A tensor is nested lists, or base64 if the mapping says {@code from}. */
final class JsonValues implements ValueEncoder {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public byte[] encode(Fields event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      write(event, json);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
    return bytes.toByteArray();
  }

  private static void write(@Nullable SampleValue value, JsonGenerator json) throws IOException {
    if (value instanceof Fields fields) {
      json.writeStartObject();
      for (Map.Entry<String, SampleValue> field : fields.values().entrySet()) {
        json.writeFieldName(field.getKey());
        write(field.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Items items) {
      json.writeStartArray();
      for (SampleValue item : items.values()) {
        write(item, json);
      }
      json.writeEndArray();
    } else if (value instanceof Elements tensor) {
      write(tensor.elements(), json);
    } else if (isNumber(value)) {
      json.writeNumber(value.number(EventTimeUnit.MILLIS));
    } else if (value != null) {
      json.writeString(value.text());
    } else {
      json.writeNull();
    }
  }

  private static boolean isNumber(@Nullable SampleValue value) {
    return value instanceof Whole
        || value instanceof Time
        || value instanceof EntityId id
            && (id.form() == EntityIdForm.DECIMAL || id.form() == EntityIdForm.INT64);
  }

  private static void write(SampleElements elements, JsonGenerator json) throws IOException {
    if (elements.areBytes()) {
      json.writeBinary(elements.bytes());
    } else {
      write(elements, 0, 0, json);
    }
  }

  /**
   * Writes a dimension and those in it.
   *
   * @param from its first element
   */
  private static void write(SampleElements elements, int dimension, int from, JsonGenerator json)
      throws IOException {
    if (dimension == elements.rank()) {
      writeElement(elements, from, json);
      return;
    }
    json.writeStartArray();
    for (int i = 0; i < elements.extent(dimension); i++) {
      write(elements, dimension + 1, from + i * elements.stride(dimension), json);
    }
    json.writeEndArray();
  }

  private static void writeElement(SampleElements elements, int i, JsonGenerator json)
      throws IOException {
    if (elements.areTexts()) {
      json.writeString(new String(elements.text(i), UTF_8));
    } else if (elements.dataType() == DataType.BOOL) {
      json.writeBoolean(elements.whole(i, 0, 1) == 1);
    } else if (elements.areWhole()) {
      json.writeNumber(elements.whole(i, Long.MIN_VALUE, Long.MAX_VALUE));
    } else if (elements.dataType() == DataType.FLOAT) {
      json.writeNumber((float) elements.real(i));
    } else {
      json.writeNumber(elements.real(i));
    }
  }
}
