package io.embeddingexport.event.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.input.EventInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class JsonNumbersTest {
  private final EventDecoder decoder = EventInput.of(EventFormat.JSON).newDecoder();

  @Property(tries = 300)
  void numbersShouldBeReadAsFloatParseFloatReadsThem(@ForAll long seed) {
    Random random = new Random(seed);
    String[] texts = IntStream.range(0, 20).mapToObj(i -> decimal(random)).toArray(String[]::new);

    float[] read = tensor("[" + String.join(",", texts) + "]").toFloats();

    for (int i = 0; i < texts.length; i++) {
      assertThat(Float.floatToRawIntBits(read[i]))
          .as(texts[i])
          .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(texts[i])));
    }
  }

  @Property(tries = 200)
  void base64AndNumbersShouldGiveTheSameTensor(@ForAll float[] elements) {
    ByteBuffer payload = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    payload.asFloatBuffer().put(elements);
    String base64 = Base64.getEncoder().encodeToString(payload.array());
    String numbers =
        IntStream.range(0, elements.length)
            .mapToObj(i -> Float.toString(elements[i]))
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(tensor("{\"base64\": \"" + base64 + "\"}")).isEqualTo(tensor(numbers));
  }

  /** Short and long, halfway between floats, subnormal, whole; all within a float's range. */
  private static String decimal(Random random) {
    float value = Float.intBitsToFloat(random.nextInt());
    if (!Float.isFinite(value)) {
      value = random.nextFloat();
    }
    double halfway = (value + (double) Math.nextDown(value)) / 2;
    return switch (random.nextInt(5)) {
      case 0 -> Float.toString(value);
      case 1 -> Float.isFinite((float) halfway) ? Double.toString(halfway) : "0.5";
      case 2 -> Long.toString(random.nextLong());
      case 3 -> new java.math.BigDecimal(random.nextDouble()).toPlainString();
      default -> Integer.toString(random.nextInt(1_000));
    };
  }

  private Tensor tensor(String json) {
    String event = "{\"entityId\":1,\"model\":\"m\",\"tensors\":[" + json + "]}";
    Event decoded = (Event) decoder.decode(event.getBytes(StandardCharsets.UTF_8));
    return ((DecodedTensors) decoded.tensors()).tensors()[0];
  }
}
