package io.embeddingexport.table;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.MalformedRecordException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.jspecify.annotations.Nullable;

/** Makes rows of records. Features of no column are checked, and not decoded. Thread-safe. */
final class RowReader {
  private final List<FeatureColumn> columns;
  private final ColumnReader[] readers;
  private final List<RecordMetadata> metadata;

  /**
   * @param metadata columns behind the others
   */
  RowReader(List<FeatureColumn> columns, List<RecordMetadata> metadata) {
    this.columns = columns;
    this.readers = columns.stream().map(ColumnReaders::of).toArray(ColumnReader[]::new);
    this.metadata = metadata;
  }

  /**
   * The row of {@code message}.
   *
   * @throws MalformedRecordException if the message is no record
   * @throws CellException if a feature does not fit its column
   */
  GenericRowData read(byte[] message) throws MalformedRecordException, CellException {
    DataRecordView record = DataRecordReader.read(message);
    GenericRowData row = new GenericRowData(readers.length + metadata.size());
    for (int i = 0; i < readers.length; i++) {
      Object value = readers[i].read(record);
      if (value == null && !columns.get(i).type().isNullable()) {
        throw new CellException(columns.get(i), "is absent, and the column is NOT NULL");
      }
      row.setField(i, value);
    }
    return withMetadata(row, message, null);
  }

  /** A row of NULLs, with the reason why there is no other. */
  GenericRowData failed(byte[] message, String reason) {
    return withMetadata(new GenericRowData(readers.length + metadata.size()), message, reason);
  }

  private GenericRowData withMetadata(GenericRowData row, byte[] message, @Nullable String reason) {
    for (int i = 0; i < metadata.size(); i++) {
      row.setField(
          readers.length + i,
          switch (metadata.get(i)) {
            case ERROR -> StringData.fromString(reason);
            case RECORD -> message;
          });
    }
    return row;
  }
}
