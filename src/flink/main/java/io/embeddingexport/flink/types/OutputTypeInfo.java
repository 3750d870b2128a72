package io.embeddingexport.flink.types;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of {@link Output}: no Kryo, and no copies of an immutable value. Flink finds it
 * by the annotation on the class.
 */
public final class OutputTypeInfo extends TypeInfoFactory<Output> {
  public static final TypeInformation<Output> INSTANCE =
      new ValueTypeInfo<>(Output.class, OutputSerializer.INSTANCE);

  @Override
  public TypeInformation<Output> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return INSTANCE;
  }
}
