package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataRecordWriter;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Makes records of rows. Thread-safe. */
final class RowWriter {
  private final RowData.FieldGetter[] fields;
  private final ColumnWriter[] writers;

  RowWriter(List<FeatureColumn> columns) {
    fields = new RowData.FieldGetter[columns.size()];
    writers = new ColumnWriter[columns.size()];
    for (int i = 0; i < writers.length; i++) {
      fields[i] = RowData.createFieldGetter(columns.get(i).type(), i);
      writers[i] = ColumnWriters.of(columns.get(i));
    }
  }

  /**
   * The record of {@code row}.
   *
   * @throws IllegalArgumentException if a record cannot hold a value
   */
  byte[] write(RowData row) {
    DataRecordWriter record = new DataRecordWriter();
    for (int i = 0; i < writers.length; i++) {
      Object value = fields[i].getFieldOrNull(row);
      if (value != null) {
        writers[i].write(value, record);
      }
    }
    return record.write();
  }
}
