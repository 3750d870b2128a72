package io.embeddingexport.event.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.mapping.Mappings;
import io.embeddingexport.event.plan.EventPlan;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.plan.MappedEventDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro events of tests: schemas, mappings, and bytes by hand or by Apache Avro. */
final class AvroEvents {

  static Schema schema(String json) {
    try {
      return AvroSchemas.parse("test.avsc", json.getBytes(UTF_8));
    } catch (InvalidSchemaException e) {
      throw new AssertionError(e);
    }
  }

  static EventPlan plan(String mapping) {
    return EventPlan.of(Mappings.parse(mapping));
  }

  static EventDecoder decoder(Schema schema, EventPlan plan) {
    try {
      return new MappedEventDecoder(plan, new AvroWalk(AvroPlan.of(schema, plan)));
    } catch (InvalidSchemaException e) {
      throw new AssertionError(e);
    }
  }

  static EventDecoder decoder(String schema, String mapping) {
    return decoder(schema(schema), plan(mapping));
  }

  /** The bytes of a datum, by Apache Avro, with a block each for its lists and maps. */
  static byte[] write(Schema schema, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return write(schema, datum, bytes, EncoderFactory.get().binaryEncoder(bytes, null));
  }

  /** The same, with several blocks that state their sizes. */
  static byte[] writeBlocks(Schema schema, Object datum) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    EncoderFactory factory = new EncoderFactory().configureBlockSize(64);
    return write(schema, datum, bytes, factory.blockingBinaryEncoder(bytes, null));
  }

  private static byte[] write(
      Schema schema, Object datum, ByteArrayOutputStream bytes, BinaryEncoder encoder) {
    try {
      new GenericDatumWriter<Object>(schema).write(datum, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replace(" ", ""));
  }

  static Event event(EventDecoder decoder, byte[] bytes) {
    return event(decoder.decode(bytes));
  }

  static Event event(DecodeResult result) {
    assertThat(result).isInstanceOf(Event.class);
    return (Event) result;
  }

  static String failure(EventDecoder decoder, byte[] bytes) {
    DecodeResult result = decoder.decode(bytes);
    assertThat(result).isInstanceOf(DecodeFailure.class);
    return ((DecodeFailure) result).detail();
  }

  /** The tensor of that name; null if the event has none. */
  static Tensor tensor(Event event, String name) {
    DecodedTensors tensors = ((MappedTensors) event.tensors()).decoded();
    int i = Arrays.asList(tensors.names()).indexOf(name);
    return i < 0 ? null : tensors.tensors()[i];
  }

  private AvroEvents() {}
}
