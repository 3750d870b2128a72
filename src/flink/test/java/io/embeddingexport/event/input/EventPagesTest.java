package io.embeddingexport.event.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.protobuf.ProtobufSchemas;
import io.embeddingexport.event.registry.RegistryListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the pages about events: mappings, and the events that they read. */
class EventPagesTest {
  private static final Pattern BLOCK =
      Pattern.compile(
          "```(yaml mapping|json schema|proto schema|json event|textproto event)\n(.*?)```",
          Pattern.DOTALL);

  /** Reads a page from its top: the last mapping and schema count for an event. */
  private static final class Page {
    private int mappings;
    private int events;
    private EventInput input;
    private Schema avro;
    private byte[] proto;
    private Descriptor protobuf;

    private void read(String kind, String text) throws Exception {
      switch (kind) {
        case "yaml mapping" -> {
          input = EventInput.parse("the page", text.getBytes(UTF_8));
          avro = null;
          protobuf = null;
          mappings++;
        }
        case "json schema" -> avro = new SchemaParser().parse(text).mainSchema();
        case "proto schema" -> {
          proto = text.getBytes(UTF_8);
          protobuf = ProtobufSchemas.ofText("item.proto", text, Map.of(), List.of(0));
        }
        default -> {
          requireEvent(text);
          events++;
        }
      }
    }

    private void requireEvent(String text) throws Exception {
      EventDecoder decoder = input.newDecoder(schemaFiles(), RegistryListener.NONE);
      DecodeResult result = decoder.decode(bytes(text));
      List<DecodeResult> items =
          result instanceof DecodedItems batch ? batch.items() : List.of(result);
      assertThat(items).isNotEmpty().allMatch(item -> item instanceof Event);
    }

    private Map<String, byte[]> schemaFiles() {
      Map<String, byte[]> files = new HashMap<>();
      if (avro != null) {
        files.put("row.avsc", avro.toString().getBytes(UTF_8));
      }
      if (protobuf != null) {
        files.put("item.proto", proto);
      }
      return files;
    }

    /** The event as the libraries of its format write it. */
    private byte[] bytes(String text) throws IOException {
      if (avro != null) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(avro)
            .write(
                new GenericDatumReader<>(avro)
                    .read(null, DecoderFactory.get().jsonDecoder(avro, text)),
                encoder);
        encoder.flush();
        return bytes.toByteArray();
      }
      if (protobuf != null) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(protobuf);
        TextFormat.merge(text, message);
        return message.build().toByteArray();
      }
      return text.getBytes(UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "events.md, 1, 1",
    "events/json.md, 1, 1",
    "events/avro.md, 2, 1",
    "events/protobuf.md, 2, 1",
    "events/raw.md, 1, 0",
    "events/debezium.md, 1, 1",
    "events/kserve.md, 1, 1"
  })
  void everyMappingShouldBeValidAndReadTheEventBelowIt(String file, int mappings, int events)
      throws Exception {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs").resolve(file)));
    Page page = new Page();
    while (block.find()) {
      page.read(block.group(1), block.group(2));
    }

    assertThat(page.mappings).isEqualTo(mappings);
    assertThat(page.events).isEqualTo(events);
  }

  /** {@code DocumentationTest} runs the examples of our own form. */
  @Test
  void noPageShouldBeLeftOut() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs/events"))) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "avro.md",
              "debezium.md",
              "json.md",
              "kserve.md",
              "own-form.md",
              "protobuf.md",
              "raw.md");
    }
  }
}
