package io.embeddingexport.benchmarks;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From an event in JSON whose elements are base64, which strings have not, to its record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Base64Benchmark {
  @Param({"1x128", "1x512", "1x1024", "10x64", "100x16", "1x128d"})
  String tensors;

  private byte[] event;
  private Exporter exporter;

  @Setup
  public void setUp() {
    Workload workload = Workload.parse(tensors);
    WorkloadEvents events = new WorkloadEvents(workload);
    event = events.base64();
    exporter = workload.exporter(EventFormat.JSON);
    new SameRecord(tensors, events.record()).require(base64());
  }

  @Benchmark
  public Outcome base64() {
    return exporter.export(event, true);
  }
}
