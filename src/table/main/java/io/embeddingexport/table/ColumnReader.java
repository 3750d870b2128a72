package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataRecordView;
import org.jspecify.annotations.Nullable;

/** Reads the value of one column. Thread-safe. */
interface ColumnReader {
  /**
   * The column's value in Flink's internal form; null if the record has no such feature.
   *
   * @throws CellException if the feature does not fit the column
   */
  @Nullable Object read(DataRecordView record) throws CellException;
}
