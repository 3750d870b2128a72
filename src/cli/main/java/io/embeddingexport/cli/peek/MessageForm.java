package io.embeddingexport.cli.peek;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.embeddingexport.cli.peek.PeekedMessage.Content;
import io.embeddingexport.cli.peek.PeekedMessage.Exported;
import io.embeddingexport.cli.peek.PeekedMessage.Input;
import io.embeddingexport.cli.peek.PeekedMessage.Letter;
import io.embeddingexport.cli.peek.PeekedMessage.Malformed;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.kafka.sink.HeaderNames;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Prints messages, each as one JSON object on its own line: a record, an event, a tombstone, a dead
 * letter, or the fault of a value. Not thread-safe.
 */
public final class MessageForm implements MessageOutput {
  private final JsonGenerator json;
  private final PrintLimits cut;
  private final TensorNames names;
  private final RecordForm records;
  private final EventForm events;

  public MessageForm(OutputStream out, PrintLimits cut, TensorNames names) throws IOException {
    this.json = new JsonFactory().createGenerator(new BufferedOutputStream(out, 1 << 16));
    json.setRootValueSeparator(new SerializedString(""));
    this.cut = cut;
    this.names = names;
    this.records = new RecordForm(json, cut);
    this.events = new EventForm(json, cut);
  }

  @Override
  public void write(PeekedMessage peeked) throws IOException {
    ConsumerRecord<byte[], byte[]> message = peeked.message();
    json.writeStartObject();
    json.writeStringField("topic", message.topic());
    json.writeNumberField("partition", message.partition());
    json.writeNumberField("offset", message.offset());
    json.writeNumberField("timestamp", message.timestamp());
    json.writeStringField("key", BytesForm.text(message.key()));
    json.writeFieldName("headers");
    write(message.headers());
    writeContent(peeked);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  /** Writes an object; a repeated name has an array of its values. */
  private void write(Headers headers) throws IOException {
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

  private void writeContent(PeekedMessage peeked) throws IOException {
    Content content = peeked.content();
    if (content instanceof Exported exported) {
      json.writeFieldName("record");
      records.write(exported.record(), key -> names.name(exported.model(), key));
    } else if (content instanceof Malformed malformed) {
      MalformedRecordException fault = malformed.fault();
      json.writeStringField("error", fault.getMessage());
      json.writeStringField(
          "reason", fault.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      writeBytes(peeked.message().value());
    } else if (content instanceof Letter) {
      writeDeadLetter(peeked);
    } else if (content instanceof Input input) {
      events.write(input.result());
      if (!input.isGood()) {
        writeBytes(peeked.message().value());
      }
    } else {
      json.writeBooleanField("tombstone", true);
    }
  }

  private void writeDeadLetter(PeekedMessage peeked) throws IOException {
    json.writeObjectFieldStart("deadLetter");
    json.writeStringField("reason", peeked.header(HeaderNames.REASON));
    json.writeStringField("detail", peeked.header(HeaderNames.DETAIL));
    json.writeStringField(
        "source",
        "%s:%s:%s"
            .formatted(
                peeked.header(HeaderNames.TOPIC),
                peeked.header(HeaderNames.PARTITION),
                peeked.header(HeaderNames.OFFSET)));
    writeBytes(peeked.message().value());
    json.writeEndObject();
  }

  private void writeBytes(byte @Nullable [] value) throws IOException {
    if (value == null) {
      json.writeNullField("value");
    } else {
      json.writeNumberField("valueBytes", value.length);
      String text = BytesForm.lines(value, cut.bytes());
      if (text == null) {
        json.writeStringField("value", BytesForm.hex(value, cut.bytes()));
      } else {
        json.writeStringField("text", text);
      }
    }
  }
}
