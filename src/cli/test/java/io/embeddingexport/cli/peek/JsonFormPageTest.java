package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Prints what docs/json-form.md shows. */
class JsonFormPageTest {
  private static final Path PAGE = Path.of("docs/json-form.md");

  @Test
  void theRecordOnThePageIsPrintedAsThePageSays() throws Exception {
    byte[] record =
        new DataRecordWriter()
            .binary(7)
            .binary(-8)
            .continuous(1, 0.5)
            .continuous(2, Double.NEGATIVE_INFINITY)
            .discrete(3, 9007199254740993L)
            .string(4, Bytes.ofUtf8("de"))
            .string(5, Bytes.of(new byte[] {-1}))
            .sparseBinary(6, List.of(Bytes.ofUtf8("a"), Bytes.ofUtf8("b")))
            .sparseContinuous(9, Map.of(Bytes.ofUtf8("a"), 1.0))
            .blob(10, Bytes.of(new byte[] {0, -1}))
            .tensor(7301, Tensor.ofFloats(Shape.of(2, 2), 0.25f, -1.5f, 3, 1f / 0))
            .tensor(7302, Tensor.ofLongs(null, 7).as(TensorEncoding.INT64))
            .tensor(7303, Tensor.ofStrings(null, List.of(new byte[] {'x'}, new byte[] {-2})))
            .tensor(7304, Tensor.ofRaw(DataType.BOOL, Shape.of(2), new byte[] {1, 0}))
            .write();

    JsonNode printed = print(record, new TensorNames(List.of())).get("record");
    assertThat(printed).isEqualTo(json("record"));
  }

  @Test
  void theMessageOnThePageIsPrintedAsThePageSays() throws Exception {
    assertThat(print(vector(), names())).isEqualTo(json("message"));

    ByteArrayOutputStream table = new ByteArrayOutputStream();
    MessageTable output = new MessageTable(table, PrintLimits.NONE, names());
    output.write(PeekedMessage.ofOutput(message(vector())));
    output.flush();
    assertThat(table.toString(UTF_8)).isEqualTo(block("text"));
  }

  @Test
  void theEventOnThePageIsPrintedAsThePageSays() throws Exception {
    byte[] event =
        "{\"entityId\":42,\"model\":\"user\",\"tensors\":{\"user_embedding\":[0.25,-1.5]}}"
            .getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> message =
        message("embedding-events", 12, event, new RecordHeaders());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageForm form = new MessageForm(out, PrintLimits.NONE, names());

    form.write(PeekedMessage.ofInput(message, EventInput.of(EventFormat.JSON).newDecoder()));
    form.flush();

    assertThat(new ObjectMapper().readTree(out.toByteArray())).isEqualTo(json("event"));
  }

  private static byte[] vector() {
    return new DataRecordWriter().tensor(7301, Tensor.ofFloats(null, 0.25f, -1.5f)).write();
  }

  private static TensorNames names() throws Exception {
    KeyConfig config =
        KeyConfigParser.parse(
            "test",
            "model: user\nversion: 3\nkeys: [{name: user_embedding, key: 7301, dtype: float, shape: [2]}]"
                .getBytes(UTF_8));
    return new TensorNames(List.of(config));
  }

  private static JsonNode print(byte[] value, TensorNames names) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageForm form = new MessageForm(out, PrintLimits.NONE, names);
    form.write(PeekedMessage.ofOutput(message(value)));
    form.flush();
    return new ObjectMapper().readTree(out.toByteArray());
  }

  private static ConsumerRecord<byte[], byte[]> message(byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ee.origin", "user@3 embedding-events:0:12".getBytes(UTF_8));
    return message("data-records", 17, value, headers);
  }

  private static ConsumerRecord<byte[], byte[]> message(
      String topic, long offset, byte[] value, RecordHeaders headers) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        1_769_860_800_000L,
        TimestampType.CREATE_TIME,
        0,
        0,
        "user:42".getBytes(UTF_8),
        value,
        headers,
        Optional.empty());
  }

  private static JsonNode json(String kind) throws IOException {
    return new ObjectMapper().readTree(block("json " + kind));
  }

  private static String block(String kind) throws IOException {
    Matcher block =
        Pattern.compile("```" + kind + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as(kind).isTrue();
    return block.group(1);
  }
}
