package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.registry.RegistryListener;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PeekedEventsTest {
  private static final String ITEMS =
      """
      format: json
      entity-id: {path: id, from-string: none}
      model: model
      event-time: {path: at, unit: seconds}
      key-config-version: version
      delete: {path: op, value: d}
      tensors: {taste: v}
      """;

  private static final String BATCHES =
      """
      format: json
      preset: kserve-v2
      entity-id: {path: id}
      model: model_name
      tensors: {a: a}
      """;

  @Test
  void anEventHasItsPartsAndItsTensors() throws Exception {
    PeekedMessage message =
        message(
            ITEMS, "{'id': 'u7', 'model': 'user', 'at': 2, 'version': 3, 'v': [0.25, -1.5, 3, 4]}");

    assertThat(message.content().isGood()).isTrue();
    assertThat(json(message))
        .endsWith(
            "\"event\":{\"entityName\":\"u7\",\"entityText\":\"u7\",\"model\":\"user\","
                + "\"eventTimeMillis\":2000,\"keyConfigVersion\":3,\"tensors\":{\"taste\":"
                + "{\"dtype\":\"FLOAT\",\"data\":[0.25,-1.5,3.0,\"… 1 more\"]}}}}\n");
    assertThat(table(message))
        .endsWith(
            "no key  event of user@3\n  taste  FLOAT [4]  |5.226|  [0.25,-1.5,3.0,\"… 1 more\"]\n");
  }

  @Test
  void severalEventsOfAMessageAreAnArray() throws Exception {
    PeekedMessage message =
        message(
            BATCHES,
            "{'model_name': 'user', 'outputs': ["
                + "{'name': 'id', 'datatype': 'INT64', 'shape': [2], 'data': [7, 8]},"
                + "{'name': 'a', 'datatype': 'FP32', 'shape': [2, 1], 'data': [1, 2]}]}");

    assertThat(json(message))
        .contains("\"events\":[{\"entityId\":7,\"model\":\"user\",", "{\"entityId\":8,")
        .doesNotContain("\"valueBytes\"");
    assertThat(table(message))
        .contains("2 events\nevent of user\n  a  FLOAT [1]  |1.000|  [1.0]\n");
  }

  @Test
  void whatIsNoEventIsSaidWithItsBytes() throws Exception {
    PeekedMessage message = message(ITEMS, "{'id'");

    assertThat(message.content().isGood()).isFalse();
    assertThat(json(message))
        .contains("\"event\":{\"error\":\"byte 5: ")
        .endsWith("},\"valueBytes\":5,\"text\":\"{\\\"id… 1 more bytes\"}\n");
    assertThat(table(message)).contains("  no event: byte 5: ");
  }

  @Test
  void aDeletionNamesTheModel() throws Exception {
    PeekedMessage message = message(ITEMS, "{'id': 'u7', 'model': 'user', 'op': 'd'}");

    assertThat(json(message)).endsWith("\"event\":{\"deletes\":\"user\"}}\n");
    assertThat(table(message)).endsWith("  deletes the record of user\n");
  }

  @Test
  void aNullValueIsATombstone() throws Exception {
    assertThat(json(message(ITEMS, null))).endsWith("\"tombstone\":true}\n");
  }

  @Test
  void theModelOfAnEventIsTheOneItNames() throws Exception {
    MessageFilter user = new MessageFilter("user", null, null);

    assertThat(user.test(message(ITEMS, "{'id': 'u7', 'model': 'user', 'v': [1]}"))).isTrue();
    assertThat(user.test(message(ITEMS, "{'id': 'u7', 'model': 'item', 'v': [1]}"))).isFalse();
    assertThat(user.test(message(ITEMS, "{'id': 'u7', 'model': 'user', 'op': 'd'}"))).isTrue();
    assertThat(user.test(message(ITEMS, "{"))).isFalse();
    assertThat(user.test(message(ITEMS, null))).isFalse();
  }

  /**
   * @param text with single quotes for double ones
   */
  private static PeekedMessage message(String mapping, String text) throws Exception {
    EventDecoder decoder =
        EventInput.parse("test", mapping.getBytes(UTF_8))
            .newDecoder(Map.of(), RegistryListener.NONE);
    byte[] value = text == null ? null : text.replace('\'', '"').getBytes(UTF_8);
    return PeekedMessage.ofInput(new ConsumerRecord<>("events", 0, 7, null, value), decoder);
  }

  private static String json(PeekedMessage message) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return print(new MessageForm(out, new PrintLimits(3, 4), names()), message, out);
  }

  private static String table(PeekedMessage message) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return print(new MessageTable(out, new PrintLimits(3, 4), names()), message, out);
  }

  private static TensorNames names() {
    return new TensorNames(List.of());
  }

  private static String print(
      MessageOutput output, PeekedMessage message, ByteArrayOutputStream printed) throws Exception {
    output.write(message);
    output.flush();
    return printed.toString(UTF_8);
  }
}
