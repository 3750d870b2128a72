package io.embeddingexport.flink.types;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.thrift.TBase;
import org.jspecify.annotations.Nullable;

/**
 * Kryo serializer of generated Thrift classes, for jobs that let Flink treat them as generic types.
 * Kryo's own serializer uses the classes' private fields and breaks when the struct changes; this
 * one writes TBinaryProtocol after a length. Registered in the job's configuration:
 *
 * <pre>
 * pipeline.serialization-config:
 *   - io.embeddingexport.thrift.DataRecord:
 *       {type: kryo, kryo-type: registered, class: io.embeddingexport.flink.types.ThriftKryoSerializer}
 * </pre>
 *
 * <p>{@link ThriftTypeInfo} does the same without Kryo, and is better if the type is known. Not
 * thread-safe, like its Kryo; one Kryo may use an instance for several classes.
 *
 * <pre>
 * value = length:varint byte*      the struct in TBinaryProtocol
 * </pre>
 */
@PublicEvolving
public final class ThriftKryoSerializer<T extends TBase<T, ?>> extends Serializer<T> {
  private @Nullable Class<? extends T> type;
  private @Nullable ThriftBinary<T> binary;

  /** For Kryo, which creates it by class. */
  public ThriftKryoSerializer() {}

  @Override
  @SuppressWarnings("unchecked") // a value's class is one of T
  public void write(Kryo kryo, Output out, T value) {
    try {
      byte[] bytes = binary((Class<? extends T>) value.getClass()).write(value);
      out.writeVarInt(bytes.length, true);
      out.writeBytes(bytes);
    } catch (IOException e) {
      throw new KryoException(e);
    }
  }

  @Override
  public T read(Kryo kryo, Input in, Class<? extends T> readType) {
    try {
      return binary(readType).read(BoundedBytes.read(in.readVarInt(true), in));
    } catch (IOException e) {
      throw new KryoException(e);
    }
  }

  @Override
  public T copy(Kryo kryo, T original) {
    return original.deepCopy();
  }

  @SuppressWarnings("unchecked") // generated classes have no subclasses: readType is T's class
  private ThriftBinary<T> binary(Class<? extends T> readType) {
    ThriftBinary<T> present = binary;
    if (present == null || type != readType) {
      present = new ThriftBinary<>((Class<T>) readType);
      binary = present;
      type = readType;
    }
    return present;
  }
}
