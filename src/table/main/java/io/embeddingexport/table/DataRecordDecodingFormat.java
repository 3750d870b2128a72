package io.embeddingexport.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.Projection;
import org.apache.flink.table.connector.format.ProjectableDecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.DataTypeUtils;

/** Reads DataRecords. Only the columns of a projection are read. */
final class DataRecordDecodingFormat
    implements ProjectableDecodingFormat<DeserializationSchema<RowData>> {
  private final ReadableConfig options;
  private final List<String> wholeColumns;
  private List<RecordMetadata> metadata = List.of();

  /**
   * @param wholeColumns columns of the whole table, if the one to read is a part of it
   */
  DataRecordDecodingFormat(ReadableConfig options, List<String> wholeColumns) {
    this.options = options;
    this.wholeColumns = wholeColumns;
  }

  @Override
  public DeserializationSchema<RowData> createRuntimeDecoder(
      DynamicTableSource.Context context, DataType physicalType, int[][] projections) {
    DataType projected = Projection.of(projections).project(physicalType);
    List<String> names = new ArrayList<>(DataType.getFieldNames(physicalType));
    names.addAll(wholeColumns);
    List<DataTypes.Field> behind =
        metadata.stream().map(column -> DataTypes.FIELD(column.key(), column.type())).toList();
    return new DataRecordDeserializationSchema(
        (RowType) projected.getLogicalType(),
        names,
        options,
        metadata,
        context.createTypeInformation(DataTypeUtils.appendRowFields(projected, behind)));
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public Map<String, DataType> listReadableMetadata() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (RecordMetadata column : RecordMetadata.values()) {
      types.put(column.key(), column.type());
    }
    return types;
  }

  @Override
  public void applyReadableMetadata(List<String> metadataKeys) {
    metadata = metadataKeys.stream().map(RecordMetadata::ofKey).toList();
  }
}
