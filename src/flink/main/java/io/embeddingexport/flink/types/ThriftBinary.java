package io.embeddingexport.flink.types;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import java.io.IOException;
import java.lang.reflect.Constructor;
import org.apache.thrift.TBase;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TTransportException;

/**
 * A generated Thrift struct or union and its TBinaryProtocol bytes. Not thread-safe.
 *
 * <p>libthrift accepts too much: a string of length -1, endless nesting in a skipped field, bytes
 * after the end. So the bytes are checked once before libthrift reads them.
 */
final class ThriftBinary<T extends TBase<T, ?>> {
  private final Constructor<T> constructor;
  private final TSerializer serializer;

  ThriftBinary(Class<T> type) {
    try {
      this.constructor = type.getConstructor();
      this.serializer = new TSerializer(new TBinaryProtocol.Factory());
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          type.getName() + " has no public constructor without arguments: no Thrift class", e);
    } catch (TTransportException e) {
      throw new IllegalStateException("libthrift has no memory transport", e);
    }
  }

  /** A value with no field set. */
  T create() {
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + typeName(), e);
    }
  }

  /**
   * @throws IOException if a required field of {@code value} is not set
   */
  byte[] write(T value) throws IOException {
    try {
      return serializer.serialize(value);
    } catch (TException e) {
      throw new IOException("cannot write this " + typeName() + " as Thrift: " + problem(e));
    }
  }

  /**
   * @throws IOException if {@code bytes} are not exactly one {@code T}
   */
  T read(byte[] bytes) throws IOException {
    try {
      ThriftReader walk = new ThriftReader(bytes, 0, bytes.length);
      walk.skip(ThriftType.STRUCT);
      walk.requireEnd();
      TConfiguration limits =
          new TConfiguration(
              bytes.length, TConfiguration.DEFAULT_MAX_FRAME_SIZE, ThriftReader.MAX_DEPTH);
      T value = create();
      value.read(new TBinaryProtocol(new TMemoryInputTransport(limits, bytes)));
      return value;
    } catch (MalformedThriftException | TException e) {
      throw new IOException(
          bytes.length + " bytes that are not a valid " + typeName() + ": " + problem(e));
    }
  }

  /** The message without the struct that libthrift includes, payload and all. */
  private static String problem(Exception e) {
    String message = String.valueOf(e.getMessage());
    int struct = message.indexOf(" Struct:");
    return struct < 0 ? message : message.substring(0, struct);
  }

  private String typeName() {
    return constructor.getDeclaringClass().getSimpleName();
  }
}
