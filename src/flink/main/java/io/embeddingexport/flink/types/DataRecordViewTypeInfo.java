package io.embeddingexport.flink.types;

import io.embeddingexport.datarecord.DataRecordView;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Type information of {@link DataRecordView}, for jobs that pass records between operators: {@code
 * .returns(DataRecordViewTypeInfo.INSTANCE)}. Needs no Kryo. A record crosses to another task as
 * the bytes of a record; not usable as a key.
 */
@PublicEvolving
public final class DataRecordViewTypeInfo extends TypeInfoFactory<DataRecordView> {
  public static final TypeInformation<DataRecordView> INSTANCE =
      new ValueTypeInfo<>(DataRecordView.class, RecordViewSerializer.INSTANCE);

  @Override
  public TypeInformation<DataRecordView> createTypeInfo(
      Type type, Map<String, TypeInformation<?>> genericParameters) {
    return INSTANCE;
  }
}
