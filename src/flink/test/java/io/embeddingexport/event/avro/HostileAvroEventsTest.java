package io.embeddingexport.event.avro;

import static io.embeddingexport.event.avro.AvroEvents.schema;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.MutatedEvents;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes: an event or a failure, never an exception, and no more memory than they are
 * worth.
 */
@Tag("fuzz")
class HostileAvroEventsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MUTANTS = MutatedEvents.COUNT;

  private static final int FACTOR = 4;

  private static final int CONSTANT = 1 << 10;

  private static final Schema SCHEMA =
      schema(
          """
          {"type": "record", "name": "E", "fields": [
            {"name": "id", "type": ["null", "string", "long"]},
            {"name": "nothing", "type": {"type": "array", "items": "null"}},
            {"name": "time", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
            {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
            {"name": "list", "type": {"type": "record", "name": "L", "fields": [
              {"name": "next", "type": ["null", "L", {"type": "array", "items": "L"}]},
              {"name": "pad", "type": {"type": "fixed", "name": "P", "size": 3}}]}},
            {"name": "floats", "type": ["null", {"type": "array", "items": "float"}]},
            {"name": "optional", "type": {"type": "array", "items": ["null", "double"]}},
            {"name": "ints", "type": {"type": "array", "items": "int"}},
            {"name": "bits", "type": {"type": "array", "items": "boolean"}},
            {"name": "texts", "type": {"type": "array", "items": "string"}},
            {"name": "matrix", "type": {"type": "array", "items": {"type": "array", "items": "float"}}},
            {"name": "map", "type": {"type": "map", "values": {"type": "array", "items": "float"}}},
            {"name": "raw", "type": "bytes"},
            {"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "I",
              "fields": [{"name": "v", "type": {"type": "array", "items": "float"}}]}}}
          ]}
          """);

  private static final String PARTS =
      """
      entity-id: {path: id, from-string: murmur3}
      model: kind
      event-time: time
      """;

  private static final String LISTED =
      PARTS
          + """
          tensors: {floats: floats, optional: optional, ints: ints, bits: bits, texts: texts,
            matrix: matrix, k: map.k0, raw: raw, i: 'items[1].v'}
          """;

  private static final String ALL = PARTS + "tensors: map.*\n";

  /** The first time the decoders' buffers grow, which they keep; the second time none needs to. */
  @Test
  void mutatedEventsShouldHaveAnAnswer() {
    EventDecoder listed = AvroEvents.decoder(SCHEMA, AvroEvents.plan(LISTED));
    EventDecoder all = AvroEvents.decoder(SCHEMA, AvroEvents.plan(ALL));
    for (boolean isWarm : new boolean[] {false, true}) {
      Random random = new Random(1);
      byte[][] valid = valid(random);
      int events = 0;
      for (int i = 0; i < MUTANTS; i++) {
        byte[] bytes = mutate(valid[random.nextInt(valid.length)].clone(), random);
        events += requireAnswer(listed, bytes, isWarm) instanceof Event ? 1 : 0;
        requireAnswer(all, bytes, isWarm);
      }
      assertThat(events).isBetween(MUTANTS / 50, MUTANTS - MUTANTS / 50);
    }
  }

  private static byte[][] valid(Random random) {
    byte[][] valid = new byte[64][];
    for (int i = 0; i < valid.length; i++) {
      Object datum = new RandomAvro(random).value(SCHEMA, 4);
      valid[i] =
          i % 2 == 0 ? AvroEvents.write(SCHEMA, datum) : AvroEvents.writeBlocks(SCHEMA, datum);
    }
    return valid;
  }

  /** The inputs that cost most a byte. */
  @Test
  void manyEmptyValuesShouldCostAConstantFactor() {
    for (int length : new int[] {10, 1_000, 1_000_000}) {
      byte[] bytes = new byte[length + 10];
      bytes[0] = 2;
      int at = 1;
      for (long count = 2L * length; ; count >>>= 7) {
        bytes[at++] = (byte) (count < 128 ? count : count & 127 | 128);
        if (count < 128) {
          break;
        }
      }
      byte[] event = Arrays.copyOf(bytes, at + length + 1);
      assertThat(allocated("\"string\"", event))
          .isLessThan(CONSTANT + FACTOR * (long) event.length);
      assertThat(allocated("{\"type\": \"array\", \"items\": \"float\"}", event))
          .isLessThan(CONSTANT + FACTOR * (long) event.length);
      // A number of one byte becomes one of eight.
      assertThat(allocated("\"long\"", event)).isLessThan(CONSTANT + 8L * event.length);
    }
  }

  private static EventDecoder listOf(String items) {
    String schema =
        """
        {"type": "record", "name": "E", "fields": [{"name": "id", "type": "long"},
          {"name": "v", "type": {"type": "array", "items": %s}}]}
        """
            .formatted(items);
    EventDecoder decoder =
        AvroEvents.decoder(schema, "entity-id: id\nmodel: {constant: m}\ntensors: {v: v}\n");
    // Its own buffers are small still.
    assertThat(decoder.decode(new byte[] {2, 2, 0, 0})).isInstanceOf(Event.class);
    return decoder;
  }

  /** What a new decoder allocates for an event, once the JVM has linked what it uses. */
  private static long allocated(String items, byte[] event) {
    long allocated = 0;
    for (int i = 0; i < 3; i++) {
      EventDecoder decoder = listOf(items);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      DecodeResult result = decoder.decode(event);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertThat(result).isInstanceOf(Event.class);
    }
    return allocated;
  }

  @Test
  void deepBytesShouldNotOverflowTheStack() {
    EventDecoder decoder = AvroEvents.decoder(SCHEMA, AvroEvents.plan(LISTED));
    for (int fill : new int[] {0, 1, 2, 4, 127, 128, 255}) {
      byte[] bytes = new byte[900_000];
      Arrays.fill(bytes, (byte) fill);
      requireAnswer(decoder, bytes, false);
      // Up to the list that holds itself.
      System.arraycopy(new byte[] {4, 2, 0, 0, 0}, 0, bytes, 0, 5);
      assertThat(requireAnswer(decoder, bytes, false)).isInstanceOf(DecodeFailure.class);
    }
  }

  private static byte[] mutate(byte[] bytes, Random random) {
    byte[] mutant = bytes;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2 -> mutant[at] = mutant[random.nextInt(mutant.length)];
        case 3 -> {
          int length = Math.min(random.nextInt(12), mutant.length - at);
          Arrays.fill(mutant, at, at + length, (byte) 255);
        }
        default -> mutant = Arrays.copyOf(mutant, 1 + random.nextInt(mutant.length + 8));
      }
    }
    return mutant;
  }

  private static DecodeResult requireAnswer(EventDecoder decoder, byte[] bytes, boolean isWarm) {
    long most = isWarm ? CONSTANT + FACTOR * (long) bytes.length : Long.MAX_VALUE;
    long allocated = Long.MAX_VALUE;
    DecodeResult decoded = null;
    // The JVM itself allocates now and then, when it links or compiles; not thrice for one event.
    for (int i = 0; i < 3 && (decoded == null || allocated > most); i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      decoded = decoder.decode(bytes);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    if (!(decoded instanceof Event || decoded instanceof DecodeFailure) || allocated > most) {
      throw new AssertionError(allocated + " bytes for " + bytes.length + ": " + decoded);
    }
    return decoded;
  }
}
