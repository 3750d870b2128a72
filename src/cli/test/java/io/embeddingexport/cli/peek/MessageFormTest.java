package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigParser;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MessageFormTest {
  private static final PrintLimits CUT = new PrintLimits(3, 4);

  @Test
  void tensorsOfEveryKindAreReadable() throws Exception {
    DataRecordWriter record = new DataRecordWriter();
    record.tensor(1, Tensor.ofFloats(null, 1.5f, Float.NaN, Float.NEGATIVE_INFINITY));
    record.tensor(2, Tensor.ofFloats(null, 0.1f).as(TensorEncoding.FLOAT));
    record.tensor(3, Tensor.ofInts(Shape.of(2, 2), 1, 2, 3, 4));
    record.tensor(4, Tensor.ofStrings(null, List.of("a".getBytes(UTF_8), new byte[] {-1})));

    assertThat(print(message(record.write()), new TensorNames(List.of())))
        .endsWith(
            "\"record\":{\"tensors\":{"
                + "\"1\":{\"dtype\":\"FLOAT\",\"shape\":[3],\"data\":[1.5,\"NaN\",\"-Infinity\"]},"
                + "\"2\":{\"dtype\":\"FLOAT\",\"shape\":[1],\"encoding\":\"typed\",\"data\":[0.1]},"
                + "\"3\":{\"dtype\":\"INT32\",\"shape\":[2,2],\"data\":[1,2,3,\"… 1 more\"]},"
                + "\"4\":{\"dtype\":\"STRING\",\"shape\":[2],\"data\":[\"a\",\"0xff\"]}}}}\n");
  }

  @Test
  void theModelOfARecordPicksTheNames() throws Exception {
    TensorNames names =
        new TensorNames(List.of(config("m", 1, "one"), config("n", 1, "uno"), config("o", 2, "b")));
    byte[] record = new DataRecordWriter().tensor(1, Tensor.ofInts(null, 7)).write();

    assertThat(print(withHeader(message(record), "ee.origin", "m@1 events:0:7"), names))
        .contains("{\"one\":{");
    assertThat(print(withHeader(message(record), "ee.origin", "n@1 events:0:7"), names))
        .contains("{\"uno\":{");
    // The models disagree on key 1, so without one it has no name.
    assertThat(print(message(record), names)).contains("{\"1\":{");
    byte[] undisputed = new DataRecordWriter().tensor(2, Tensor.ofInts(null, 7)).write();
    assertThat(print(message(undisputed), names)).contains("{\"b\":{");
  }

  @Test
  void headersThatRepeatOrHaveNoTextAreShown() throws Exception {
    ConsumerRecord<byte[], byte[]> message = message(null);
    message.headers().add("a", "1".getBytes(UTF_8)).add("b", null).add("a", new byte[] {0});

    assertThat(print(message, new TensorNames(List.of())))
        .isEqualTo(
            "{\"topic\":\"t\",\"partition\":3,\"offset\":9,\"timestamp\":-1,\"key\":null,"
                + "\"headers\":{\"a\":[\"1\",\"0x00\"],\"b\":null},\"tombstone\":true}\n");
  }

  @Test
  void aDeadLetterThatLacksItsPositionIsNoRecordStill() throws Exception {
    assertThat(
            print(
                withHeader(message(new byte[6]), "ee.reason", "size"), new TensorNames(List.of())))
        .contains("\"reason\":\"size\",\"detail\":null,")
        .endsWith("\"valueBytes\":6,\"value\":\"00000000… 2 more bytes\"}}\n");
  }

  @Test
  void aDeadLetterOfJsonIsText() throws Exception {
    byte[] event = "{\"model\":\n\t\"é\"}".getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> letter = withHeader(message(event), "ee.reason", "size");

    assertThat(print(letter, new TensorNames(List.of()), PrintLimits.NONE))
        .endsWith("\"valueBytes\":16,\"text\":\"{\\\"model\\\":\\n\\t\\\"é\\\"}\"}}\n");
    assertThat(print(letter, new TensorNames(List.of())))
        .endsWith("\"valueBytes\":16,\"text\":\"{\\\"mo… 12 more bytes\"}}\n");
  }

  private static KeyConfig config(String model, int key, String name) throws Exception {
    String text =
        "model: %s\nversion: 1\nkeys: [{name: %s, key: %d, dtype: int32, shape: [1]}]"
            .formatted(model, name, key);
    return KeyConfigParser.parse("test", text.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> message(byte[] value) {
    return new ConsumerRecord<>("t", 3, 9, null, value);
  }

  private static ConsumerRecord<byte[], byte[]> withHeader(
      ConsumerRecord<byte[], byte[]> message, String name, String value) {
    message.headers().add(name, value.getBytes(UTF_8));
    return message;
  }

  private static String print(ConsumerRecord<byte[], byte[]> message, TensorNames names)
      throws Exception {
    return print(message, names, CUT);
  }

  private static String print(
      ConsumerRecord<byte[], byte[]> message, TensorNames names, PrintLimits cut) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageForm form = new MessageForm(out, cut, names);
    form.write(PeekedMessage.ofOutput(message));
    form.flush();
    return out.toString(UTF_8);
  }
}
