package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataRecordWriter;

/** Writes the values of one column. Thread-safe. */
interface ColumnWriter {
  /**
   * Adds the column's feature to {@code record}.
   *
   * @param value not null; in Flink's internal form
   * @throws IllegalArgumentException if no record can hold the value. The message names the column
   */
  void write(Object value, DataRecordWriter record);
}
