package io.embeddingexport.flink.types;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Type information of one of our classes that has its own serializer. */
final class ValueTypeInfo<T> extends AtomicTypeInfo<T> {
  private static final long serialVersionUID = 1;

  private final ValueSerializer<T> serializer;

  ValueTypeInfo(Class<T> type, ValueSerializer<T> serializer) {
    super(type);
    this.serializer = serializer;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer;
  }
}
