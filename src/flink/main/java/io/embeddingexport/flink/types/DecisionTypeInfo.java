package io.embeddingexport.flink.types;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of {@link Decision}: no Kryo, and no copies of an immutable value. Flink finds
 * it by the annotation on the class.
 */
@PublicEvolving
public final class DecisionTypeInfo extends TypeInfoFactory<Decision> {
  public static final TypeInformation<Decision> INSTANCE =
      new ValueTypeInfo<>(Decision.class, DecisionSerializer.INSTANCE);

  @Override
  public TypeInformation<Decision> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return INSTANCE;
  }
}
