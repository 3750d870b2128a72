package io.embeddingexport.flink.types;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Base of the serializers of immutable values: a copy is the value itself, and nothing is read into
 * a used instance. Stateless, so thread-safe.
 */
public abstract class ValueSerializer<T> extends TypeSerializerSingleton<T> {

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public final T copy(T value) {
    return value;
  }

  @Override
  public final T copy(T value, @Nullable T reuse) {
    return value;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final T deserialize(@Nullable T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }
}
