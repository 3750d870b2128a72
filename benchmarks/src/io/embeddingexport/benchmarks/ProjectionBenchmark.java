package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.table.DataRecordDeserializationSchema;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Rows of records with 100 tensors: a table of all, and what a query of one column reads. Records
 * are read in turn: from a cache, where Kafka's client has just put them, or from memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProjectionBenchmark {
  private static final int TENSORS = 100;
  private static final int CHOSEN = TENSORS / 2;
  private static final int CACHED_BYTES = 512 << 10;
  private static final int UNCACHED_BYTES = 64 << 20;

  /** Floats in each tensor. */
  @Param({"16", "128", "512"})
  int floats;

  @Param({"cache", "memory"})
  String from;

  private byte[][] records;
  private DataRecordDeserializationSchema allColumns;
  private DataRecordDeserializationSchema oneColumn;
  private int next;

  @Setup
  public void setUp() throws IOException {
    List<String> names = IntStream.range(0, TENSORS).mapToObj(i -> "tensor_" + i).toList();
    DataRecordWriter writer = new DataRecordWriter();
    List<float[]> elements = new RandomElements(TENSORS, floats, DataType.FLOAT).floats();
    for (int i = 0; i < TENSORS; i++) {
      writer.tensor(FeatureId.of(names.get(i)), Tensor.ofFloats(null, elements.get(i)));
    }
    byte[] record = writer.write();
    int bytes = from.equals("cache") ? CACHED_BYTES : UNCACHED_BYTES;
    records = new byte[Math.max(1, bytes / record.length)][];
    for (int i = 0; i < records.length; i++) {
      records[i] = record.clone();
    }
    allColumns = schema(names);
    oneColumn = schema(List.of(names.get(CHOSEN)));
    if (!one().getArray(0).equals(all().getArray(CHOSEN))) {
      throw new IllegalStateException("one column is not what it is among all");
    }
  }

  private static DataRecordDeserializationSchema schema(List<String> names) {
    LogicalType vector = new ArrayType(new FloatType());
    RowType row =
        RowType.of(
            Collections.nCopies(names.size(), vector).toArray(LogicalType[]::new),
            names.toArray(String[]::new));
    return new DataRecordDeserializationSchema(
        row, new Configuration(), TypeInformation.of(RowData.class));
  }

  @Benchmark
  public RowData all() throws IOException {
    return allColumns.deserialize(record());
  }

  @Benchmark
  public RowData one() throws IOException {
    return oneColumn.deserialize(record());
  }

  private byte[] record() {
    next = next + 1 < records.length ? next + 1 : 0;
    return records[next];
  }
}
