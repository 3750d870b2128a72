package io.embeddingexport.flink.types;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.thrift.TBase;

/**
 * Type information of a generated Thrift class, for jobs that pass {@code EmbeddingEvent}s or
 * {@code DataRecord}s between operators. Needs no Kryo, so it works with {@code
 * pipeline.generic-types: false}:
 *
 * <pre>{@code
 * events.map(record -> ...).returns(new ThriftTypeInfo<>(DataRecord.class))
 * }</pre>
 *
 * <p>or for a whole job, in its configuration, without code:
 *
 * <pre>
 * pipeline.serialization-config:
 *   - io.embeddingexport.thrift.DataRecord:
 *       {type: typeinfo, class: io.embeddingexport.flink.types.ThriftTypeInfo$Factory}
 * </pre>
 *
 * <p>Flink keeps that registration for the life of the JVM and refuses a second one of the same
 * class, so it does not suit a JVM with several environments, such as a test.
 *
 * <p>Values are TBinaryProtocol after a length. Not usable as keys. Immutable and thread-safe.
 */
@PublicEvolving
public final class ThriftTypeInfo<T extends TBase<T, ?>> extends AtomicTypeInfo<T> {
  private static final long serialVersionUID = 1;

  /** Type information of a generated struct or union. */
  public ThriftTypeInfo(Class<T> type) {
    super(type);
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new ThriftSerializer<>(getTypeClass());
  }

  @Override
  public String toString() {
    return "Thrift<" + super.toString() + '>';
  }

  /**
   * For {@code pipeline.serialization-config}: returns the type information of each Thrift class.
   */
  public static final class Factory<T extends TBase<T, ?>> extends TypeInfoFactory<T> {

    /**
     * @throws IllegalArgumentException if {@code type} is not a generated Thrift class
     */
    @Override
    @SuppressWarnings("unchecked") // checked by isAssignableFrom; T is the requested class
    public TypeInformation<T> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      if (type instanceof Class<?> thriftClass && TBase.class.isAssignableFrom(thriftClass)) {
        return new ThriftTypeInfo<>((Class<T>) thriftClass);
      }
      throw new IllegalArgumentException(
          type.getTypeName()
              + " is not a generated Thrift class; use another TypeInfoFactory for"
              + " it");
    }
  }
}
