package io.embeddingexport.event.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.event.plan.InvalidSchemaException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSchemasTest {

  private static String problem(byte[] text) {
    return catchThrowableOfType(
            InvalidSchemaException.class, () -> AvroSchemas.parse("user.avsc", text))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]x",
        "{\"type\": \"strin\"}",
        "{\"type\": \"record\", \"name\": \"1x\", \"fields\": []}",
        "{\"type\": \"record\", \"name\": \"A\"}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"b\", \"type\": \"B\"}]}",
        "{\"type\": \"fixed\", \"name\": \"A\", \"size\": -1}",
        "{\"type\": \"enum\", \"name\": \"A\", \"symbols\": [\"x\", \"x\"]}",
        "[\"int\", \"int\"]",
        "null",
        "1",
      })
  void aTextThatIsNoSchemaShouldBeRefusedWithItsFilesName(String text) {
    assertThat(problem(text.getBytes(UTF_8)))
        .startsWith("user.avsc: is no Avro schema: ")
        .hasSizeLessThan(400);
  }

  @Test
  void aTextThatIsTooLongOrNoneShouldBeRefused() {
    assertThat(problem(new byte[AvroSchemas.MAX_BYTES + 1])).contains("at most 1048576");
    assertThat(problem("\u00e4".getBytes(StandardCharsets.ISO_8859_1))).contains("is not UTF-8");
    assertThat(problem(" ".getBytes(UTF_8))).contains("is empty");
  }

  @Test
  void aSchemaThatIsDeepShouldBeRefused() {
    assertThat(problem("{\"type\":\"array\",\"items\":".repeat(40_000).getBytes(UTF_8)))
        .startsWith("user.avsc: ");
  }

  /** Each name leads to the one before, so the text is not deep, but the types are. */
  @Test
  void namesThatLeadDeepShouldBeReadOrRefused() {
    StringBuilder text = new StringBuilder("[{\"type\":\"fixed\",\"name\":\"T0\",\"size\":1}");
    for (int i = 1; i < 15_000; i++) {
      text.append(
          ",{\"type\":\"record\",\"name\":\"T%d\",\"fields\":[{\"name\":\"x\",\"type\":\"T%d\"}]}"
              .formatted(i, i - 1));
    }
    byte[] bytes = text.append(']').toString().getBytes(UTF_8);
    try {
      AvroPlan.of(
          "deep.avsc",
          bytes,
          AvroEvents.plan("entity-id: x\nmodel: {constant: m}\ntensors: {v: y}\n"));
      throw new AssertionError("more than 64 records in each other");
    } catch (InvalidSchemaException e) {
      assertThat(e).hasMessageStartingWith("deep.avsc: ");
    }
  }

  /** Many schemas have them, and they do not matter to what was written. */
  @Test
  void aWrongDefaultShouldNotMatter() throws InvalidSchemaException {
    String text =
        """
        {"type": "record", "name": "A", "fields":
          [{"name": "b", "type": ["null", "string"], "default": "null"}]}
        """;
    assertThat(AvroSchemas.parse("user.avsc", text.getBytes(UTF_8)).getFullName()).isEqualTo("A");
  }
}
