package io.embeddingexport.event.input;

import static io.embeddingexport.event.ThriftEvents.floats;
import static io.embeddingexport.event.ThriftEvents.named;
import static io.embeddingexport.event.ThriftEvents.positional;
import static io.embeddingexport.event.ThriftEvents.strings;
import static io.embeddingexport.event.ThriftEvents.tensors;
import static io.embeddingexport.event.ThriftEvents.typedFloats;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.MutatedEvents;
import io.embeddingexport.event.registry.RegistryListener;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the bytes of an event without a schema of its own: an answer, at little cost. */
@Tag("fuzz")
class MutatedInputsTest {
  /** Jackson's parser, and two of its exceptions with their stack traces. */
  private static final int JACKSON = 24 << 10;

  private enum Input {
    THRIFT(
        4,
        1 << 10,
        "format: thrift",
        positional(1, "m", floats(1, 2, 3), typedFloats(4, 5), strings("a", "b")),
        named(2, "m", tensors("a", floats(1, 2), "b", typedFloats(4, 5)))),
    OUR_JSON(
        4,
        JACKSON,
        "format: json",
        """
        {"entityId": 1, "eventTimeMillis": 2, "model": "m", "keyConfigVersion": 3, "tensors":
         {"a": [1, 2.5, "NaN"], "b": {"shape": [2, 1], "data": [true, false], "dtype": "BOOL"},
          "c": {"dtype": "INT64", "base64": "AAAAAAAAAAA="}, "d": ["x", "\\u00e4"]}}
        """,
        """
        {"entityId": 1, "model": "m", "tensors": [[1e10, -3], []]}
        """),
    JSON(
        4,
        JACKSON,
        """
        format: json
        entity-id: {path: user.id, from-string: murmur3}
        model: kind
        event-time: {path: at, unit: seconds}
        key-config-version: v
        delete: {path: op, value: d}
        tensors:
          a: items[1].vector
          b: {path: base64, from: float16, dtype: double}
          c: {path: quantised, scale: 0.5, zero-point: 3}
          d: {path: texts, dtype: string}
          e: object
        """,
        """
        {"user": {"id": 42}, "kind": "m", "at": "2026-01-31T12:00:00Z", "v": 3, "op": "u",
         "items": [{"vector": [9]}, {"vector": [[1, 2.5], ["NaN", -0]], "x": null}, []],
         "base64": "AAA8AMA=", "quantised": [1, 2, -3], "texts": ["x", "", "\\u00e4"],
         "object": {"data": [1, 2], "shape": [2, 1], "dtype": "INT64"}, "more": {"a": [{}]}}
        """,
        """
        {"kind": "m", "user": {"id": "x"}, "at": 1.5, "object": [true, false], "items": [0, 1]}
        """),
    JSON_ALL(
        4,
        JACKSON,
        """
        format: json
        entity-id: id
        model: {constant: m}
        tensors: vectors.*
        """,
        """
        {"id": -7, "vectors": {"a": [1, 2.5], "b": ["x"], "c": {"base64": "AAAAAA=="}, "d": [[1]]}}
        """,
        """
        {"vectors": [[1], [2, 3]], "id": "12"}
        """),
    DEBEZIUM(
        4,
        JACKSON,
        """
        format: json
        preset: debezium
        entity-id: id
        model: {constant: item}
        tensors: {v: embedding}
        """,
        """
        {"payload": {"before": null, "after": {"id": 1, "embedding": [0.5, 1]}, "op": "c",
          "source": {"ts_ms": 17}}, "schema": {}}
        """,
        """
        {"op": "d", "before": {"id": 1}, "after": null, "source": {"ts_ms": 17}}
        """),
    RAW(
        4,
        1 << 10,
        """
        format: raw
        entity-id: {constant: '7'}
        model: {constant: m}
        tensors: {v: {kafka: value, from: bfloat16, endian: big, dtype: float}}
        """,
        "0123456789abcdef",
        "");

    private final int factor;
    private final int constant;
    private final String text;
    private final List<byte[]> events;

    Input(int factor, int constant, String text, String... events) {
      this(
          factor,
          constant,
          text,
          Stream.of(events).map(event -> event.getBytes(UTF_8)).toArray(byte[][]::new));
    }

    Input(int factor, int constant, String text, byte[]... events) {
      this.factor = factor;
      this.constant = constant;
      this.text = text;
      this.events = List.of(events);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mutatedEventsShouldHaveAnAnswer(Input input) {
    List<InputText> texts = List.of(new InputText("test", input.text.getBytes(UTF_8), Map.of()));
    new MutatedEvents(
            () -> {
              try {
                return EventInputs.newDecoder(texts, RegistryListener.NONE);
              } catch (InvalidInputException e) {
                throw new AssertionError(e);
              }
            },
            input.factor,
            input.constant)
        .requireAnswers(input.events);
  }
}
