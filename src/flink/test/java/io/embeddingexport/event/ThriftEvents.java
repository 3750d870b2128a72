package io.embeddingexport.event;

import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import io.embeddingexport.thrift.StringTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;

/** Events made by libthrift's generated classes, independently of the code under test. */
public final class ThriftEvents {

  public static byte[] positional(long entityId, String model, GeneralTensor... tensors) {
    return bytes(new EmbeddingEvent(entityId, model).setTensors(List.of(tensors)));
  }

  /** Tensors by name, in the order given; a name may come twice only in hand-made bytes. */
  public static byte[] named(long entityId, String model, Map<String, GeneralTensor> tensors) {
    return bytes(new EmbeddingEvent(entityId, model).setNamedTensors(tensors));
  }

  public static Map<String, GeneralTensor> tensors(
      String name, GeneralTensor tensor, Object... more) {
    Map<String, GeneralTensor> tensors = new LinkedHashMap<>();
    tensors.put(name, tensor);
    for (int i = 0; i < more.length; i += 2) {
      tensors.put((String) more[i], (GeneralTensor) more[i + 1]);
    }
    return tensors;
  }

  /** A raw FLOAT tensor that states no shape. */
  public static GeneralTensor floats(float... elements) {
    return GeneralTensor.rawTypedTensor(new RawTypedTensor(DataType.FLOAT, littleEndian(elements)));
  }

  /** A raw FLOAT tensor of that shape. */
  public static GeneralTensor floats(List<Long> shape, float... elements) {
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(DataType.FLOAT, littleEndian(elements)).setShape(shape));
  }

  public static GeneralTensor raw(DataType type, byte[] payload) {
    return GeneralTensor.rawTypedTensor(new RawTypedTensor(type, ByteBuffer.wrap(payload)));
  }

  public static GeneralTensor typedFloats(double... elements) {
    List<Double> list = new ArrayList<>();
    for (double element : elements) {
      list.add(element);
    }
    return GeneralTensor.floatTensor(new FloatTensor(list));
  }

  public static GeneralTensor strings(String... elements) {
    return GeneralTensor.stringTensor(
        new StringTensor(
            Stream.of(elements)
                .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
                .toList()));
  }

  public static byte[] bytes(EmbeddingEvent event) {
    try {
      return new TSerializer().serialize(event);
    } catch (TException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer littleEndian(float... elements) {
    ByteBuffer payload = ByteBuffer.allocate(4 * elements.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float element : elements) {
      payload.putInt(Float.floatToRawIntBits(element));
    }
    return payload.flip();
  }

  private ThriftEvents() {}
}
