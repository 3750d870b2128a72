package io.embeddingexport.event.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput.Preset;
import io.embeddingexport.event.input.SchemaSource.InFile;
import io.embeddingexport.event.input.SchemaSource.InRegistry;
import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventMapping.Listed;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.mapping.ValueSource.Constant;
import io.embeddingexport.event.mapping.ValueSource.FromHeader;
import io.embeddingexport.event.mapping.ValueSource.Part;
import java.net.URI;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventInputParserTest {

  @Test
  void givenEveryFieldThenEachIsRead() throws Exception {
    EventInput input =
        parse(
            """
            format: avro
            topics: [a, b.c]
            schema:
              registry: https://registry:8081/api
              user: me
              password-file: /run/secrets/registry
              ca-file: ca.pem
              timeout-seconds: 7
            entity-id: {path: 'user.ids[2]', from-string: murmur3}
            model: {kafka: topic}
            event-time: {path: at, unit: micros}
            key-config-version: {header: version}
            delete: {path: gone, value: true}
            tensors:
              taste: 'vectors."a.b"'
              small: {kafka: value, dtype: float, from: int8, endian: big, scale: 0.5, zero-point: -3}
            """);

    assertThat(input.topics()).containsExactly("a", "b.c");
    assertThat(input.format()).isEqualTo(EventFormat.AVRO);
    var settings = ((InRegistry) input.schema()).settings();
    assertThat(settings.url()).isEqualTo(URI.create("https://registry:8081/api"));
    assertThat(settings.user()).isEqualTo("me");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
    var mapping = input.mapping();
    assertThat(mapping.entityId()).hasToString("user.ids[2]").isInstanceOf(AtPath.class);
    assertThat(mapping.entityIdForm()).isEqualTo(EntityIdForm.MURMUR3);
    assertThat(mapping.model()).isEqualTo(Part.TOPIC);
    assertThat(mapping.eventTime()).hasToString("at");
    assertThat(mapping.eventTimeUnit()).isEqualTo(EventTimeUnit.MICROS);
    assertThat(mapping.keyConfigVersion()).isEqualTo(new FromHeader("version"));
    assertThat(mapping.deletion().value()).isEqualTo("true");
    var tensors = ((Listed) mapping.tensors()).tensors();
    assertThat(tensors.get(0).name()).isEqualTo("taste");
    assertThat(tensors.get(0).source()).hasToString("vectors.\"a.b\"");
    assertThat(tensors.get(1).order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    assertThat(tensors.get(1).scale()).isEqualTo(0.5);
    assertThat(tensors.get(1).zeroPoint()).isEqualTo(-3);
  }

  @Test
  void givenAFormatAloneThenTheEventsAreInOurOwnForm() throws Exception {
    assertThat(parse("format: json").mapping()).isNull();
    assertThat(parse("format: thrift").mapping()).isNull();
  }

  @Test
  void givenASchemaFileThenItsNameIsRead() throws Exception {
    EventInput input =
        parse(
            """
            format: protobuf
            schema: {file: item.desc, message: shop.Item}
            entity-id: id
            model: {constant: item}
            tensors: vectors.*
            """);

    assertThat(input.schema()).isEqualTo(new InFile("item.desc", "shop.Item"));
    assertThat(input.mapping().model()).isEqualTo(new Constant("item"));
  }

  @Test
  void givenAPresetThenItCompletesTheMapping() throws Exception {
    EventInput input =
        parse(
            """
            format: json
            preset: debezium
            entity-id: id
            model: {constant: item}
            tensors: {v: embedding}
            """);

    assertThat(input.preset()).isEqualTo(Preset.DEBEZIUM);
    assertThat(input.mapping().entityId()).hasToString("after.id");
    assertThat(input.mapping().eventTime()).hasToString("source.ts_ms");
    assertThat(input.mapping().deletion().value()).isEqualTo("d");
    assertThat(((Listed) input.mapping().tensors()).tensors().get(0).source())
        .hasToString("after.embedding");
  }

  @Test
  void givenManyProblemsThenEachIsNamedWithLinePathValueAndRemedy() {
    assertThat(
            problems(
                """
                format: jsno
                topics: [a, "b c"]
                entity-id: user..id
                model: {path: m, constant: x}
                event-time: {path: at, unit: weeks}
                tensors:
                  a: {path: v, form: int8}
                  b: v.x
                  c: {path: w, from: float16, dtype: int32}
                  d: {path: x, scale: 2, dtype: int64}
                  e: {constant: x}
                tensor: v
                """))
        .containsExactly(
            "line 12: tensor: unknown field; did you mean 'tensors'?",
            "line 1: format: 'jsno' is not one of thrift, json, avro, protobuf, raw; did you mean"
                + " 'json'?",
            "line 2: topics: 'b c' is not a topic's name: use letters, digits, '.', '_' and '-'",
            "line 3: entity-id: 'user..id' is not a path; write one like user.id or"
                + " results[0].embedding",
            "line 4: model: has path and constant; keep one of them",
            "line 5: event-time.unit: 'weeks' is not one of seconds, millis, micros, nanos",
            "line 7: tensors.a.form: unknown field; did you mean 'from'?",
            "line 8: tensors.b: 'v.x' overlaps the path of tensors.a; a value can be one part"
                + " only",
            "line 9: tensors.c.from: float16 does not become INT32; correct one of them",
            "line 10: tensors.d.scale: makes fractions; write dtype: float or double",
            "line 11: tensors.e: is the same for every event; say where the tensor is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"format": "thrift", "model": "m"}                       | line 1: model: is given by the Thrift struct; remove it, or the format
          {"format": "avro", "entity-id": "i", "model": "m", "tensors": "t.*"} | line 1: schema: missing; write {registry: URL} or {file: NAME}
          {"format": "json", "schema": {"file": "a"}}              | line 1: schema: a mapping is for avro and protobuf; remove it
          {"format": "json", "entity-id": "i", "model": "m"}       | line 1: tensors: missing; write NAME: PATH for each, or PATH.* for all in a field
          {"format": "json", "entity-id": "i", "model": "i", "tensors": "t.*"} | line 1: model: 'i' is also the path of entity-id; a value can be one part only
          {"format": "raw", "entity-id": {"kafka": "key"}, "model": {"constant": "m"}, "tensors": {"v": "x"}} | line 1: format: raw has no field x; say that part by kafka, header or constant ({kafka: value} is the bytes)
          """)
  void givenAnInputThatIsNoneThenItSaysWhy(String text, String problem) {
    assertThat(problems(text)).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {registry: 'ftp://x'}                 | registry: is not an http or https URL; write one like
          {registry: 'http://me:secret@x'}      | registry: has a user in it
          {registry: 'http://x', user: me}      | needs password-file
          {registry: 'http://x', file: y}       | has file and registry; keep one
          {}                                    | has neither file nor registry
          {file: a.avsc, message: b}            | message: is for protobuf; remove it
          {registry: 'http://x', timeout-seconds: 0} | timeout-seconds: must be 1 to 86400
          """)
  void givenASchemaThatIsNoneThenItSaysWhy(String schema, String problem) {
    String text = "format: avro\nentity-id: i\nmodel: m\ntensors: t.*\nschema: " + schema;
    assertThat(problems(text))
        .singleElement()
        .asString()
        .contains(problem)
        .doesNotContain("secret");
  }

  private static EventInput parse(String text) throws InvalidInputException {
    return EventInput.parse("test", text.getBytes(UTF_8));
  }

  private static java.util.List<String> problems(String text) {
    return catchThrowableOfType(InvalidInputException.class, () -> parse(text)).problems();
  }
}
