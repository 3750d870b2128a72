package io.embeddingexport.event.avro;

import static io.embeddingexport.event.avro.AvroEvents.decoder;
import static io.embeddingexport.event.avro.AvroEvents.event;
import static io.embeddingexport.event.avro.AvroEvents.failure;
import static io.embeddingexport.event.avro.AvroEvents.schema;
import static io.embeddingexport.event.avro.AvroEvents.tensor;
import static io.embeddingexport.event.avro.AvroEvents.write;
import static io.embeddingexport.event.avro.AvroEvents.writeBlocks;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.MappedTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Events as feature stores, Debezium and Spark write them, by Apache Avro. */
class RealAvroEventsTest {

  @Test
  void aRowOfAFeatureStoreShouldBeAnEvent() {
    Schema schema =
        schema(
            """
            {"type": "record", "name": "driver_stats", "namespace": "feast", "fields": [
              {"name": "driver_id", "type": ["null", "string"], "default": null},
              {"name": "event_timestamp",
               "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "created", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "trips", "type": ["null", {"type": "array", "items": ["null", "float"]}]},
              {"name": "profile", "type": ["null", {"type": "array", "items": "double"}]}
            ]}
            """);
    EventDecoder decoder =
        decoder(
            schema,
            AvroEvents.plan(
                """
                entity-id: {path: driver_id, from-string: feature-id}
                model: {constant: driver}
                event-time: event_timestamp
                tensors:
                  trips: trips
                  profile: {path: profile, dtype: float}
                """));
    GenericRecordBuilder row =
        new GenericRecordBuilder(schema)
            .set("driver_id", "driver-7")
            .set("event_timestamp", 1_700_000_000_123_456L)
            .set("created", null)
            .set("trips", List.of(1f, -0f, 3.5f))
            .set("profile", List.of(0.1, 2.0));
    Event event = event(decoder, write(schema, row.build()));
    assertThat(event.entityId()).isEqualTo(FeatureId.ofUtf8("driver-7".getBytes(UTF_8)));
    assertThat(event.eventTimeMillis()).isEqualTo(1_700_000_000_123L);
    assertThat(event.model()).isEqualTo("driver");
    assertThat(tensor(event, "trips").toFloats()).containsExactly(1f, -0f, 3.5f);
    assertThat(tensor(event, "profile").toFloats()).containsExactly(0.1f, 2f);

    Event without = event(decoder, write(schema, row.set("trips", null).build()));
    assertThat(tensor(without, "trips")).isNull();
    assertThat(failure(decoder, write(schema, row.set("driver_id", null).build())))
        .isEqualTo("the event has no driver_id; send it");
    assertThat(
            failure(
                decoder,
                write(
                    schema,
                    row.set("driver_id", "d").set("trips", Arrays.asList(1f, null)).build())))
        .endsWith("trips: has a null among its items; send a value for each");
  }

  @Test
  void aChangeOfAVectorColumnShouldBeAnEvent() {
    Schema schema =
        schema(
            """
            {"type": "record", "name": "Envelope", "namespace": "pg.public.items", "fields": [
              {"name": "before", "type": ["null", {"type": "record", "name": "Value", "fields": [
                {"name": "id", "type": "int"},
                {"name": "embedding", "type": ["null", {"type": "array", "items": "double",
                  "connect.name": "io.debezium.data.DoubleVector"}], "default": null},
                {"name": "half", "type": ["null", {"type": "array", "items": "float",
                  "connect.name": "io.debezium.data.FloatVector"}], "default": null},
                {"name": "updated", "type":
                  {"type": "long", "connect.name": "io.debezium.time.MicroTimestamp"}}
              ]}], "default": null},
              {"name": "after", "type": ["null", "Value"], "default": null},
              {"name": "source", "type": {"type": "record", "name": "Source", "fields": [
                {"name": "table", "type": "string"}, {"name": "lsn", "type": ["null", "long"]}]}},
              {"name": "op", "type": "string"},
              {"name": "ts_ms", "type": ["null", "long"], "default": null}
            ]}
            """);
    EventDecoder decoder =
        decoder(
            schema,
            AvroEvents.plan(
                """
                entity-id: after.id
                model: source.table
                event-time: after.updated
                tensors: {embedding: after.embedding, half: after.half}
                """));
    Schema value = schema.getField("after").schema().getTypes().get(1);
    GenericRecord row =
        new GenericRecordBuilder(value)
            .set("id", 42)
            .set("embedding", List.of(0.5, -1.0))
            .set("half", List.of(0.25f))
            .set("updated", 1_700_000_000_000_999L)
            .build();
    GenericRecord source = new GenericData.Record(schema.getField("source").schema());
    source.put("table", "items");
    GenericRecordBuilder change =
        new GenericRecordBuilder(schema)
            .set("before", row)
            .set("after", row)
            .set("source", source)
            .set("op", "u")
            .set("ts_ms", 1L);
    Event event = event(decoder, write(schema, change.build()));
    assertThat(event.entityId()).isEqualTo(42);
    assertThat(event.model()).isEqualTo("items");
    assertThat(event.eventTimeMillis()).isEqualTo(1_700_000_000_000L);
    assertThat(tensor(event, "embedding").toDoubles()).containsExactly(0.5, -1);
    assertThat(tensor(event, "half").toFloats()).containsExactly(0.25f);
    assertThat(failure(decoder, write(schema, change.set("after", null).build())))
        .isEqualTo("the event has no after.id; send it");
  }

  @Test
  void aMapOfVectorsShouldBeTensorsByName() {
    Schema schema =
        schema(
            """
            {"type": "record", "name": "User", "fields": [
              {"name": "id", "type": "long"},
              {"name": "vectors", "type":
                {"type": "map", "values": ["null", {"type": "array", "items": "float"}]}}
            ]}
            """);
    GenericRecord user = new GenericData.Record(schema);
    user.put("id", 1L);
    Map<String, Object> vectors = new LinkedHashMap<>();
    vectors.put("taste", List.of(1f, 2f));
    vectors.put("gone", null);
    vectors.put("style", List.of(3f));
    user.put("vectors", vectors);
    String mapping = "entity-id: id\nmodel: {constant: m}\ntensors: ";
    EventDecoder all = decoder(schema, AvroEvents.plan(mapping + "vectors.*"));
    EventDecoder one = decoder(schema, AvroEvents.plan(mapping + "{s: vectors.style}"));
    for (byte[] bytes : List.of(write(schema, user), writeBlocks(schema, user))) {
      Event event = event(all, bytes);
      assertThat(((MappedTensors) event.tensors()).size()).isEqualTo(2);
      assertThat(tensor(event, "taste").toFloats()).containsExactly(1, 2);
      assertThat(tensor(event, "style").toFloats()).containsExactly(3);
      assertThat(tensor(event(one, bytes), "s").toFloats()).containsExactly(3);
    }
  }
}
