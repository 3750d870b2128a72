package io.embeddingexport.table;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.EncodingFormat;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/** Writes DataRecords. */
record DataRecordEncodingFormat(ReadableConfig options)
    implements EncodingFormat<SerializationSchema<RowData>> {

  @Override
  public SerializationSchema<RowData> createRuntimeEncoder(
      DynamicTableSink.Context context, DataType physicalType) {
    return new DataRecordSerializationSchema((RowType) physicalType.getLogicalType(), options);
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }
}
