package io.embeddingexport.flink.types;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Type information that shows Flink only the class: one field, no key. Immutable and thread-safe.
 */
@PublicEvolving
abstract sealed class AtomicTypeInfo<T> extends TypeInformation<T>
    permits ThriftTypeInfo, ValueTypeInfo {
  private static final long serialVersionUID = 1;

  private final Class<T> type;

  AtomicTypeInfo(Class<T> type) {
    this.type = type;
  }

  @Override
  public final boolean isBasicType() {
    return false;
  }

  @Override
  public final boolean isTupleType() {
    return false;
  }

  @Override
  public final int getArity() {
    return 1;
  }

  @Override
  public final int getTotalFields() {
    return 1;
  }

  @Override
  public final Class<T> getTypeClass() {
    return type;
  }

  @Override
  public final boolean isKeyType() {
    return false;
  }

  @Override
  public final boolean canEqual(@Nullable Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return canEqual(other) && ((AtomicTypeInfo<?>) other).type == type;
  }

  @Override
  public final int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}
