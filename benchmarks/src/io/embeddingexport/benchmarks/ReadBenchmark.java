package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a consumer of records does: every byte of the record checked, its tensors as views. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {
  @Param({"1x128", "1x512", "1x1024", "10x64", "100x16", "1x128d", "1x32s"})
  String tensors;

  private byte[] record;

  @Setup
  public void setUp() throws MalformedRecordException {
    Workload workload = Workload.parse(tensors);
    record = new WorkloadEvents(workload).record();
    if (read().size() != workload.tensors()) {
      throw new IllegalStateException(tensors + ": not all tensors are read");
    }
  }

  @Benchmark
  public Map<Long, Tensor> read() throws MalformedRecordException {
    return DataRecordReader.read(record).tensors();
  }
}
