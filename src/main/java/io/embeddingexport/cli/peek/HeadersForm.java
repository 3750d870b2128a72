package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Prints headers as an object; a repeated name has an array of its values. */
final class HeadersForm {

  static void write(Headers headers, JsonGenerator json) throws IOException {
    Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
    for (Header header : headers) {
      values
          .computeIfAbsent(header.key(), name -> new ArrayList<>())
          .add(BytesForm.text(header.value()));
    }
    json.writeStartObject();
    for (Map.Entry<String, List<@Nullable String>> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      boolean several = entry.getValue().size() > 1;
      if (several) {
        json.writeStartArray();
      }
      for (String value : entry.getValue()) {
        json.writeString(value);
      }
      if (several) {
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  private HeadersForm() {}
}
