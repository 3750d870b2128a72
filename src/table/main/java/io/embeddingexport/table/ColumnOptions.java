package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.KEYS;
import static io.embeddingexport.table.DataRecordFormatOptions.SCALAR_TENSORS;
import static io.embeddingexport.table.DataRecordFormatOptions.SHAPES;
import static io.embeddingexport.table.DataRecordFormatOptions.TYPED_TENSORS;

import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The options that say what columns stand for, as they are written in the table's DDL.
 *
 * @param keys value of {@link DataRecordFormatOptions#KEYS}
 * @param shapes value of {@link DataRecordFormatOptions#SHAPES}
 * @param scalarTensors value of {@link DataRecordFormatOptions#SCALAR_TENSORS}
 * @param typedTensors value of {@link DataRecordFormatOptions#TYPED_TENSORS}
 */
record ColumnOptions(String keys, String shapes, String scalarTensors, String typedTensors)
    implements Serializable {
  /** Every column stands for the feature of its own name. */
  static final ColumnOptions NONE = new ColumnOptions("", "", "", "");

  static ColumnOptions of(ReadableConfig options) {
    return new ColumnOptions(
        options.get(KEYS),
        options.get(SHAPES),
        options.get(SCALAR_TENSORS),
        options.get(TYPED_TENSORS));
  }
}
