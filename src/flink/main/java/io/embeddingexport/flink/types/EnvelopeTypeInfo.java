package io.embeddingexport.flink.types;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of {@link Envelope}: no Kryo, and no copies of an immutable value. Flink finds
 * it by the annotation on the class.
 */
@PublicEvolving
public final class EnvelopeTypeInfo extends TypeInfoFactory<Envelope> {
  public static final TypeInformation<Envelope> INSTANCE =
      new ValueTypeInfo<>(Envelope.class, EnvelopeSerializer.INSTANCE);

  @Override
  public TypeInformation<Envelope> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return INSTANCE;
  }
}
