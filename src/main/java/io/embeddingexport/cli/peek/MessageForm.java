package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.embeddingexport.kafka.HeaderNames;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message as one line of JSON. Whatever the message holds, there is a line: what is no
 * record is shown as malformed, with the reason.
 *
 * <pre>
 * {"topic","partition","offset","timestamp","key","entityId"?,"headers":{name:text},
 *   "record":{…} | "tombstone":true | "deadLetter":{"reason","detail","source"} , "valueBytes"}
 * </pre>
 */
public final class MessageForm {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final RecordForm recordForm;
  private final boolean payloads;

  /**
   * @param configs give tensors their names
   * @param payloads whether the values of dead letters and malformed records are shown, in base64
   */
  public MessageForm(Collection<KeyConfig> configs, boolean payloads) {
    this.recordForm = new RecordForm(configs);
    this.payloads = payloads;
  }

  /** The line, without its end. */
  public String line(ConsumerRecord<byte[], byte[]> message) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("topic", message.topic());
      json.writeNumberField("partition", message.partition());
      json.writeNumberField("offset", message.offset());
      json.writeNumberField("timestamp", message.timestamp());
      writeKey(message.key(), json);
      writeHeaders(message, json);
      writeValue(message, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a StringWriter does not fail", e);
    }
    return line.toString();
  }

  private static void writeKey(byte @Nullable [] key, JsonGenerator json) throws IOException {
    json.writeStringField("key", text(key));
    if (key != null && key.length == Long.BYTES) {
      json.writeNumberField("entityId", ByteBuffer.wrap(key).getLong());
    }
  }

  private static void writeHeaders(ConsumerRecord<byte[], byte[]> message, JsonGenerator json)
      throws IOException {
    Map<String, List<@Nullable String>> headers = new LinkedHashMap<>();
    for (Header header : message.headers()) {
      headers.computeIfAbsent(header.key(), name -> new ArrayList<>()).add(text(header.value()));
    }
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<@Nullable String>> header : headers.entrySet()) {
      json.writeFieldName(header.getKey());
      if (header.getValue().size() == 1) {
        json.writeString(header.getValue().get(0));
      } else {
        json.writeStartArray();
        for (String value : header.getValue()) {
          json.writeString(value);
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }

  private void writeValue(ConsumerRecord<byte[], byte[]> message, JsonGenerator json)
      throws IOException {
    String reason = last(message, HeaderNames.REASON);
    byte[] value = message.value();
    boolean decoded = false;
    if (reason != null) {
      json.writeObjectFieldStart("deadLetter");
      json.writeStringField("reason", reason);
      json.writeStringField("detail", last(message, HeaderNames.DETAIL));
      json.writeStringField(
          "source",
          last(message, HeaderNames.TOPIC)
              + ':'
              + last(message, HeaderNames.PARTITION)
              + ':'
              + last(message, HeaderNames.OFFSET));
      json.writeEndObject();
    } else if (value == null) {
      json.writeBooleanField("tombstone", true);
    } else {
      decoded = recordForm.write(value, last(message, HeaderNames.MODEL), json);
    }
    if (value != null) {
      json.writeNumberField("valueBytes", value.length);
      if (payloads && !decoded) {
        json.writeStringField("valueBase64", Base64.getEncoder().encodeToString(value));
      }
    }
  }

  private static @Nullable String last(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null ? null : text(header.value());
  }

  /** UTF-8 text without control characters as it is, other bytes as {@code 0x…}. */
  private static @Nullable String text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // No text: hexadecimal, as below.
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
