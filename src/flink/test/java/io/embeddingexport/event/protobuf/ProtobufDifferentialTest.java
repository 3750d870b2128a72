package io.embeddingexport.event.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.plan.InvalidSchemaException;
import io.embeddingexport.event.protobuf.DynamicReference.Refused;
import io.embeddingexport.event.protobuf.RandomSchema.Mapped;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The walk sees what protobuf-java's parser sees, for random schemas and bytes. {@code
 * -Devents.schemas=100000} tries as many.
 */
class ProtobufDifferentialTest {
  private static final int SCHEMAS = Integer.getInteger("events.schemas", 10_000);
  private static final int EVENTS = 4;
  private static final int MUTANTS = 2;

  /** Before the end of its bytes, protobuf-java takes a tenth byte that says that more follow. */
  private static final String LONG_VARINT = "a varint has more than 10 bytes";

  private int answered;
  private int refused;
  private int invalid;

  @Test
  void decodedEventsShouldBeThoseOfProtobufJava() throws InvalidSchemaException {
    long first = Long.getLong("protobuf.seed", 1);
    for (long seed = first; seed < first + SCHEMAS; seed++) {
      Random random = new Random(seed);
      Mapped schema = RandomSchema.of(random);
      EventDecoder decoder = ProtobufEvents.newDecoder(schema.mapping(), schema.event());
      RandomMessage messages = new RandomMessage(random);
      for (int i = 0; i < EVENTS; i++) {
        byte[] event = messages.of(schema.event());
        compare(seed, schema, decoder, event);
        for (int j = 0; j < MUTANTS && event.length > 0; j++) {
          compare(seed, schema, decoder, mutated(event.clone(), random));
        }
      }
    }
    assertThat(answered).as("events with an answer").isGreaterThan(SCHEMAS * EVENTS / 3);
    assertThat(refused).as("events that lack a part").isPositive();
    assertThat(invalid).as("bytes that are no message").isPositive();
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
        default -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length + 4));
      }
    }
    return bytes;
  }

  private void compare(long seed, Mapped schema, EventDecoder decoder, byte[] event) {
    DecodeResult result = decoder.decode(event);
    String shown = "seed " + seed + ", " + HexFormat.of().formatHex(event) + ": ";
    DynamicMessage message;
    try {
      message = DynamicMessage.parseFrom(schema.event(), event);
    } catch (InvalidProtocolBufferException e) {
      // We do not look into values that no path leads to.
      invalid++;
      assertThat(result).as(shown).isInstanceOfAny(Event.class, DecodeFailure.class);
      return;
    }
    DynamicReference reference = new DynamicReference(schema.mapping());
    String expected;
    try {
      expected = reference.event(message);
      answered++;
    } catch (Refused e) {
      expected = "refused";
      refused++;
    }
    String actual = text(result);
    if (result instanceof DecodeFailure failure
        && (reference.isDoubtful() || failure.detail().contains(LONG_VARINT))) {
      return;
    }
    assertThat(actual)
        .as(() -> shown + result + "\n" + schema.mapping() + "\n" + message)
        .isEqualTo(expected);
  }

  private static String text(DecodeResult result) {
    if (!(result instanceof Event event)) {
      return "refused";
    }
    DecodedTensors tensors =
        event.tensors() instanceof MappedTensors mapped
            ? mapped.decoded()
            : (DecodedTensors) event.tensors();
    Map<String, String> shown = new TreeMap<>();
    for (int i = 0; i < tensors.tensors().length; i++) {
      String name = tensors.names() == null ? "#" + i : tensors.names()[i];
      shown.put(name, text(tensors.tensors()[i]));
    }
    return event.entityId() + " " + event.model() + " " + event.eventTimeMillis() + " " + shown;
  }

  private static String text(Tensor tensor) {
    ByteBuffer content = tensor.content();
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return tensor.dataType() + " " + HexFormat.of().formatHex(bytes);
  }
}
