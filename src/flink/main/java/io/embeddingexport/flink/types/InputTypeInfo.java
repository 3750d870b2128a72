package io.embeddingexport.flink.types;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of {@link Input}: no Kryo, and no copies of an immutable value. Flink finds it
 * by the annotation on the class.
 */
public final class InputTypeInfo extends TypeInfoFactory<Input> {
  public static final TypeInformation<Input> INSTANCE =
      new ValueTypeInfo<>(Input.class, InputSerializer.INSTANCE);

  @Override
  public TypeInformation<Input> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return INSTANCE;
  }
}
