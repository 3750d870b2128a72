package io.embeddingexport.table;

import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as DataRecords. A NULL is no feature. Features are in the order of the columns.
 *
 * <p>Not thread-safe.
 */
@PublicEvolving
public final class DataRecordSerializationSchema implements SerializationSchema<RowData> {
  private static final long serialVersionUID = 1L;

  private final RowType row;
  private final ColumnOptions options;
  private transient @Nullable RowWriter writer;

  /**
   * @param row the columns; each stands for the feature that {@code options} say
   * @param options {@link DataRecordFormatOptions}
   * @throws org.apache.flink.table.api.ValidationException if a column stands for no feature, or an
   *     option is wrong
   */
  public DataRecordSerializationSchema(RowType row, ReadableConfig options) {
    this.row = row;
    this.options = ColumnOptions.of(options, row.getFieldNames());
    columns();
  }

  /**
   * The record of {@code element}.
   *
   * @throws IllegalArgumentException if a record cannot hold a value. The message names the column
   */
  @Override
  public byte[] serialize(RowData element) {
    RowWriter rows = writer;
    if (rows == null) {
      rows = new RowWriter(columns());
      writer = rows;
    }
    return rows.write(element);
  }

  private List<FeatureColumn> columns() {
    return FeatureColumns.of(row, options);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataRecordSerializationSchema schema
        && row.equals(schema.row)
        && options.equals(schema.options);
  }

  @Override
  public int hashCode() {
    return 31 * row.hashCode() + options.hashCode();
  }
}
