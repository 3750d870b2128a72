package io.embeddingexport.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.avro.AvroPlan;
import io.embeddingexport.event.avro.AvroWalk;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.json.JsonWalk;
import io.embeddingexport.event.kserve.KserveDecoder;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import io.embeddingexport.event.protobuf.ProtobufPlan;
import io.embeddingexport.event.protobuf.ProtobufSchemas;
import io.embeddingexport.event.protobuf.ProtobufWalk;

/**
 * Decoders of events in other people's formats, with mappings that reach the models of {@link
 * FuzzTarget}. Schemas are compiled once; each input has a decoder of its own, so that a fault can
 * be shown again.
 */
final class FuzzInputs {
  private static final EventPlan LISTED =
      EventPlan.of(
          mapping(
              """
              entity-id: {path: id, from-string: murmur3}
              model: model
              event-time: time
              tensors: {a: a, b: b, c: c}
              """));
  private static final EventMapping OUTPUTS =
      mapping(
          """
          entity-id: {path: id, from-string: feature-id}
          model: model_name
          event-time: time
          tensors: {a: a, b: b, c: c}
          """);
  private static final EventPlan JSON =
      EventPlan.of(
          mapping(
              """
              entity-id: {path: "user.ids[1]", from-string: murmur3}
              model: model
              event-time: {path: time, unit: seconds}
              delete: {path: op, value: d}
              tensors:
                a: {path: "items[0].vector", from: float16}
                b: {path: b, dtype: string}
                c: {path: c, dtype: bool}
              """));

  private static final AvroPlan AVRO_PLAN = avroPlan();
  private static final ProtobufPlan PROTOBUF_PLAN = protobufPlan();

  static EventDecoder avro() {
    return new MappedEventDecoder(LISTED, new AvroWalk(AVRO_PLAN));
  }

  static EventDecoder protobuf() {
    return new MappedEventDecoder(LISTED, new ProtobufWalk(PROTOBUF_PLAN));
  }

  static EventDecoder json() {
    return new MappedEventDecoder(JSON, new JsonWalk(JSON));
  }

  static EventDecoder kserve(boolean isJson) {
    try {
      return isJson ? KserveDecoder.ofJson(OUTPUTS) : KserveDecoder.ofProtobuf(OUTPUTS);
    } catch (InvalidSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AvroPlan avroPlan() {
    String schema =
        """
        {"type": "record", "name": "E", "fields": [
          {"name": "id", "type": ["long", "string"]},
          {"name": "model", "type": "string"},
          {"name": "time", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
          {"name": "more", "type": {"type": "map", "values": ["null", "E", "double"]}},
          {"name": "a", "type": {"type": "array", "items": "float"}},
          {"name": "b", "type": ["null", {"type": "array", "items": ["null", "string"]}]},
          {"name": "c", "type": {"type": "array", "items": {"type": "array", "items": "boolean"}}}]}
        """;
    try {
      return AvroPlan.of("fuzz.avsc", schema.getBytes(UTF_8), LISTED);
    } catch (InvalidSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProtobufPlan protobufPlan() {
    String schema =
        """
        syntax = "proto3";
        message Floats { repeated float v = 1; }
        message E {
          string id = 1;
          string model = 2;
          int64 time = 3;
          Floats a = 4;
          repeated string b = 5;
          repeated bool c = 6;
        }
        """;
    try {
      return ProtobufPlan.of(
          LISTED, ProtobufSchemas.ofFile("fuzz.proto", schema.getBytes(UTF_8), "E"));
    } catch (InvalidSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EventMapping mapping(String fields) {
    try {
      return EventInput.parse("fuzz", ("format: json\n" + fields).getBytes(UTF_8)).mapping();
    } catch (InvalidInputException e) {
      throw new IllegalStateException(e);
    }
  }

  private FuzzInputs() {}
}
