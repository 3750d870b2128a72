package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.thrift.TBase;
import org.jspecify.annotations.Nullable;

/**
 * Serializer of a generated Thrift class, without Kryo.
 *
 * <pre>
 * value = length:i32 byte*      the struct in TBinaryProtocol
 * </pre>
 *
 * State stays readable as the struct evolves by Thrift's rules: new fields are unset, and removed
 * fields are skipped. Not thread-safe: Flink duplicates it for each thread.
 */
final class ThriftSerializer<T extends TBase<T, ?>> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1;

  private static final int FORMAT = 1;

  private final Class<T> type;
  private transient @Nullable ThriftBinary<T> binary;

  ThriftSerializer(Class<T> type) {
    this.type = type;
  }

  private ThriftBinary<T> binary() {
    ThriftBinary<T> present = binary;
    if (present == null) {
      present = new ThriftBinary<>(type);
      binary = present;
    }
    return present;
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new ThriftSerializer<>(type);
  }

  @Override
  public T createInstance() {
    return binary().create();
  }

  @Override
  public T copy(T value) {
    return value.deepCopy();
  }

  @Override
  public T copy(T value, T reuse) {
    return value.deepCopy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    BoundedBytes.write(binary().write(value), out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return binary().read(BoundedBytes.read(in));
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    BoundedBytes.write(BoundedBytes.read(in), out);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ThriftSerializer<?> serializer && serializer.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(type);
  }

  /**
   * The serializer's class: {@code snapshot = class-name:text}. Public because Flink creates it by
   * name.
   */
  public static final class Snapshot<T extends TBase<T, ?>> implements TypeSerializerSnapshot<T> {
    private @Nullable Class<T> type;

    /** Call {@link #readSnapshot} next. */
    public Snapshot() {}

    private Snapshot(Class<T> type) {
      this.type = type;
    }

    private Class<T> type() {
      if (type == null) {
        throw new IllegalStateException("the snapshot was neither taken nor read yet");
      }
      return type;
    }

    @Override
    public int getCurrentVersion() {
      return FORMAT;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      BoundedBytes.writeText(type().getName(), out);
    }

    @Override
    @SuppressWarnings("unchecked") // asSubclass; T is the class that the snapshot names
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader)
        throws IOException {
      VersionedSnapshot.requireVersion(readVersion, FORMAT, ThriftSerializer.class);
      String name = BoundedBytes.readText(in);
      try {
        type = (Class<T>) Class.forName(name, false, classLoader).asSubclass(TBase.class);
      } catch (ClassNotFoundException | ClassCastException e) {
        throw new IOException(
            "state of the Thrift class "
                + name
                + ", which is not on the class path as one: add the jar that has it",
            e);
      }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new ThriftSerializer<>(type());
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> old) {
      return old instanceof Snapshot<T> snapshot && snapshot.type() == type()
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
