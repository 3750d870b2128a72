/**
 * DataRecords in Flink SQL: the format {@code datarecord}, the connector {@code datarecord-kafka},
 * which reads only the columns that a query needs, and the function {@code TO_DATA_RECORD}.
 *
 * <p>A column stands for one feature ({@link io.embeddingexport.table.FeatureColumn}). A {@link
 * io.embeddingexport.table.ColumnReader} makes its value of a record, a {@link
 * io.embeddingexport.table.ColumnWriter} its feature of a value. Rows are in Flink's internal data
 * structures.
 */
@NullMarked
package io.embeddingexport.table;

import org.jspecify.annotations.NullMarked;
