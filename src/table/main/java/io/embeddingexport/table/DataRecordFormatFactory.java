package io.embeddingexport.table;

import java.util.List;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.SerializationFormatFactory;

/** Makes the SQL format {@code datarecord}. Flink finds it by {@code META-INF/services}. */
@Internal
public final class DataRecordFormatFactory
    implements DeserializationFormatFactory, SerializationFormatFactory {
  static final String IDENTIFIER = "datarecord";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        DataRecordFormatOptions.KEYS,
        DataRecordFormatOptions.KEY_CONFIG,
        DataRecordFormatOptions.SHAPES,
        DataRecordFormatOptions.SCALAR_TENSORS,
        DataRecordFormatOptions.TYPED_TENSORS,
        DataRecordFormatOptions.ON_ERROR);
  }

  @Override
  public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    List<String> names =
        context instanceof ProjectedTable projected ? projected.wholeColumns() : List.of();
    return new DataRecordDecodingFormat(options, names);
  }

  @Override
  public EncodingFormat<SerializationSchema<RowData>> createEncodingFormat(
      DynamicTableFactory.Context context, ReadableConfig options) {
    FactoryUtil.validateFactoryOptions(this, options);
    return new DataRecordEncodingFormat(options);
  }
}
