package io.embeddingexport.benchmarks;

import io.embeddingexport.thrift.DataRecord;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What libthrift's generated classes take for the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LibThriftBenchmark {
  @Param({"1x128", "1x512", "1x1024", "10x64", "100x16", "1x128d", "1x32s"})
  String tensors;

  private byte[] event;
  private byte[] typedEvent;
  private byte[] record;
  private LibThriftCodec codec;

  @Setup
  public void setUp() throws TException {
    Workload workload = Workload.parse(tensors);
    WorkloadEvents events = new WorkloadEvents(workload);
    event = events.thrift();
    typedEvent = events.thriftTyped();
    record = events.record();
    codec = new LibThriftCodec(workload.tensors());
  }

  /** Event to record. */
  @Benchmark
  public byte[] libthrift() throws TException {
    return codec.encode(event);
  }

  /** Event to record where numbers are lists of doubles. */
  @Benchmark
  public byte[] libthriftTyped() throws TException {
    return codec.encode(typedEvent);
  }

  /** Record to object. */
  @Benchmark
  public DataRecord libthriftRead() throws TException {
    return codec.read(record);
  }
}
