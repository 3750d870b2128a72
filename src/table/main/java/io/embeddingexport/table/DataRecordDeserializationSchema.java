package io.embeddingexport.table;

import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.table.DataRecordFormatOptions.OnError;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Reads DataRecords as rows. Only the features of the row's columns are read; the bytes of the
 * others are checked and passed over. A null message, a tombstone, is no row.
 *
 * <p>Not thread-safe.
 */
@PublicEvolving
public final class DataRecordDeserializationSchema implements DeserializationSchema<RowData> {
  private static final long serialVersionUID = 1L;

  private final RowType row;
  private final ColumnOptions options;
  private final OnError onError;
  private final ArrayList<RecordMetadata> metadata;
  private final TypeInformation<RowData> produced;
  private transient @Nullable RowReader reader;
  private transient Counter skipped = new SimpleCounter();

  /**
   * @param row the columns; each stands for the feature that {@code options} say
   * @param options {@link DataRecordFormatOptions}
   * @param produced type of {@code row}, for Flink's operators
   * @throws ValidationException if a column stands for no feature, or an option is wrong
   */
  public DataRecordDeserializationSchema(
      RowType row, ReadableConfig options, TypeInformation<RowData> produced) {
    this(row, row.getFieldNames(), options, List.of(), produced);
  }

  /**
   * @param names of the whole table's columns
   * @param metadata columns behind {@code row}'s
   */
  DataRecordDeserializationSchema(
      RowType row,
      List<String> names,
      ReadableConfig options,
      List<RecordMetadata> metadata,
      TypeInformation<RowData> produced) {
    this.row = row;
    this.options = ColumnOptions.of(options, names);
    this.onError = options.get(DataRecordFormatOptions.ON_ERROR);
    this.metadata = new ArrayList<>(metadata);
    this.produced = produced;
    requireNullable(FeatureColumns.of(row, this.options));
  }

  private void requireNullable(List<FeatureColumn> columns) {
    for (FeatureColumn column : columns) {
      if (onError == OnError.COLUMN && !column.type().isNullable()) {
        throw new ValidationException(
            "Format 'datarecord': column '"
                + column.name()
                + "' is NOT NULL, but 'on-error' = 'column' makes rows of NULLs.");
      }
    }
  }

  @Override
  public void open(InitializationContext context) {
    skipped = context.getMetricGroup().counter("skippedRecords");
  }

  @Override
  public @Nullable RowData deserialize(byte @Nullable [] message) throws IOException {
    if (message == null) {
      return null;
    }
    RowReader rows = reader();
    try {
      return rows.read(message);
    } catch (MalformedRecordException e) {
      return failed(rows, message, "the message is no DataRecord: " + e.getMessage());
    } catch (CellException e) {
      return failed(rows, message, e.getMessage());
    }
  }

  private @Nullable GenericRowData failed(RowReader rows, byte[] message, String reason)
      throws IOException {
    switch (onError) {
      case SKIP -> {
        skipped.inc();
        return null;
      }
      case COLUMN -> {
        return rows.failed(message, reason);
      }
      default ->
          throw new IOException(
              reason + "; set 'datarecord.on-error' to 'skip' or 'column' to go on after such");
    }
  }

  private RowReader reader() {
    RowReader rows = reader;
    if (rows == null) {
      rows = new RowReader(FeatureColumns.of(row, options), metadata);
      reader = rows;
    }
    return rows;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    skipped = new SimpleCounter();
  }

  @Override
  public boolean isEndOfStream(RowData nextElement) {
    return false;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return produced;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DataRecordDeserializationSchema schema
        && row.equals(schema.row)
        && options.equals(schema.options)
        && onError == schema.onError
        && metadata.equals(schema.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(row, options, onError, metadata);
  }
}
