package io.embeddingexport.event.avro;

import static io.embeddingexport.event.avro.AvroEvents.plan;
import static io.embeddingexport.event.avro.AvroEvents.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.embeddingexport.event.plan.InvalidSchemaException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schema that does not have what a mapping asks for is refused before any event is. */
class AvroPlanTest {
  private static final String USER =
      """
      {"type": "record", "name": "User", "namespace": "shop", "fields": [
        {"name": "id", "type": "string"},
        {"name": "score", "type": "float"},
        {"name": "big", "type": "double"},
        {"name": "flag", "type": "boolean"},
        {"name": "model", "type": {"type": "enum", "name": "Model", "symbols": ["A", "B"]}},
        {"name": "when", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9}},
        {"name": "half", "type": {"type": "fixed", "name": "Half", "size": 6}},
        {"name": "none", "type": "null"},
        {"name": "vector", "type": ["null", {"type": "array", "items": "float"}]},
        {"name": "mixed", "type": {"type": "array", "items": ["int", "float"]}},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "results", "type": {"type": "array", "items":
          {"type": "record", "name": "Result", "fields": [
            {"name": "embedding", "type": {"type": "array", "items": "float"}}]}}},
        {"name": "vectors", "type": {"type": "map", "values": {"type": "array", "items": "float"}}},
        {"name": "names", "type": {"type": "map", "values": "long"}}
      ]}
      """;

  private static List<String> problems(String mapping) {
    return catchThrowableOfType(
            InvalidSchemaException.class, () -> AvroPlan.of(schema(USER), plan(mapping)))
        .problems();
  }

  private static AvroPlan compiled(String mapping) {
    try {
      return AvroPlan.of(schema(USER), plan(mapping));
    } catch (InvalidSchemaException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMappingThatFitsShouldHaveNothingMissing() {
    AvroPlan plan =
        compiled(
            """
            entity-id: {path: id, from-string: none}
            model: model
            event-time: when
            tensors: {v: vector, t: tags, r: 'results[0].embedding', k: vectors.taste, s: score}
            """);
    assertThat(plan.missing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id              | score   | vector | score is a float, but a model is a text",
        "flag            | model   | vector | flag is a boolean, but an entity id is a whole number",
        "score           | model   | vector | score is a float, but an entity id is a whole number",
        "ide             | model   | vector | ide: the event has no field 'ide' in record shop.User; did you mean 'id'?",
        "price           | model   | vector | price is a decimal, whose bytes are no digits",
        "id              | modell  | vector | did you mean 'model'?",
        "id              | model   | vectro | did you mean 'vector'?",
        "id              | model   | mixed  | mixed has items of several types",
        "id              | model   | vectors | vectors is a map, no tensor",
        "id              | model   | results | results has items that are a record each",
        "id              | model   | '\"results[0]\"' | results[0] is a record, no tensor",
        "id              | model   | results.embedding | write results[0].embedding",
        "flag            | model   | '\"id[0]\"' | id is a string, which has nothing in it",
        "id              | model   | half   | half is a fixed of 6 bytes, no whole number of float32",
        "id              | model   | none   | none is always null",
        "id              | model   | '{path: tags, dtype: float}' | tags has strings, which do not become FLOAT",
        "id              | model   | '{path: big, dtype: int64}' | big has floating-point numbers, which do not become INT64",
        "id              | model   | '{path: score, scale: 2}' | score has fractions, but scale",
        "id              | model   | '{path: score, dtype: string}' | score has numbers, which do not become STRING",
        "'results[0]'    | model   | vector | results[0] is a record, but an entity id",
      })
  void aPartThatCannotBeShouldBeAProblem(String id, String model, String tensor, String problem) {
    String mapping = "entity-id: %s\nmodel: %s\ntensors: {v: %s}\n".formatted(id, model, tensor);
    assertThat(problems(mapping)).anySatisfy(p -> assertThat(p).contains(problem));
  }

  @Test
  void everyProblemShouldBeNamedAtOnce() {
    assertThat(
            problems(
                """
                entity-id: ids
                model: score
                event-time: {path: when, unit: seconds}
                key-config-version: big
                tensors: {v: mixed, w: none}
                """))
        .containsExactly(
            "ids: the event has no field 'ids' in record shop.User; did you mean 'id'?",
            "score is a float, but a model is a text",
            "when is in micros by its schema; remove the unit of the mapping",
            "big is a double, but a version is a whole number",
            "mixed has items of several types; write one, beside null if need be");
  }

  @ParameterizedTest
  @CsvSource({"day, 'day is a date, no point in time'", "flag, flag is a boolean"})
  void aTimeShouldBeAPointInTime(String path, String problem) {
    assertThat(problems("entity-id: id\nmodel: model\ntensors: {v: vector}\nevent-time: " + path))
        .singleElement()
        .asString()
        .startsWith(problem);
  }

  @Test
  void partsThatAnEventCanDoWithoutShouldBeMissing() {
    AvroPlan plan =
        compiled(
            """
            entity-id: id
            model: model
            event-time: whe
            tensors: {v: vector, w: vectors2.x}
            """);
    assertThat(plan.missing())
        .containsExactly(
            "whe: the event has no field 'whe' in record shop.User; did you mean 'when'?",
            "vectors2.x: the event has no field 'vectors2' in record shop.User;"
                + " did you mean 'vectors'?");
  }

  @Test
  void numbersInAMapShouldBeTensorsOfOneElement() {
    assertThat(compiled("entity-id: id\nmodel: model\ntensors: names.*\n").missing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "score.*, 'score is a float, but all tensors are in a map, a record or an array'",
    "results.*, 'results has items that are wrong: each is a record, no tensor'",
    "vectros.*, 'did you mean'"
  })
  void allTensorsShouldBeTensors(String path, String problem) {
    assertThat(problems("entity-id: id\nmodel: model\ntensors: " + path))
        .singleElement()
        .asString()
        .contains(problem);
  }

  @Test
  void aRecordWithoutEndShouldBeRefused() {
    String endless =
        """
        {"type": "record", "name": "E", "fields": [
          {"name": "id", "type": "long"}, {"name": "v", "type": "float"},
          {"name": "x", "type": {"type": "record", "name": "X", "fields": [{"name": "x", "type": "X"}]}}]}
        """;
    assertThat(
            catchThrowableOfType(
                InvalidSchemaException.class,
                () ->
                    AvroPlan.of(
                        schema(endless),
                        plan("entity-id: id\nmodel: {constant: m}\ntensors: {v: v}"))))
        .hasMessage(
            "schema of E: record X has more than 64 records in each other, or itself;"
                + " make the inner one optional");
  }
}
