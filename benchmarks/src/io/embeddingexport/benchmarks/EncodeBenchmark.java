package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Tensor;
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

/** From an event, or from arrays, to its record: one event an operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
  private static final long[] NO_DISCRETE_FEATURES = {};

  /** Number of tensors, and floats in each; d: doubles, s: strings of 12 bytes. */
  @Param({"1x128", "1x512", "1x1024", "10x64", "100x16", "1x128d", "1x32s"})
  String tensors;

  private byte[] event;
  private byte[] json;
  private byte[] record;
  private Exporter exporter;
  private Exporter jsonExporter;
  private RecordTemplate template;
  private Tensor[] ready;
  private TensorsOfArrays ofArrays;

  @Setup
  public void setUp() {
    Workload workload = Workload.parse(tensors);
    WorkloadEvents events = new WorkloadEvents(workload);
    event = events.thrift();
    json = events.json();
    record = events.record();
    exporter = workload.exporter(EventFormat.THRIFT);
    jsonExporter = workload.exporter(EventFormat.JSON);
    template = workload.template();
    ofArrays = workload.tensorsOfArrays();
    ready = ofArrays.make();
    SameRecord same = new SameRecord(tensors, record);
    same.require(template());
    same.require(arrays());
    same.require(export());
    same.require(json());
  }

  /** What the job does for an event: decode, check against the key config, write the record. */
  @Benchmark
  public Outcome export() {
    return exporter.export(event, true);
  }

  /** The same for an event in JSON, with its elements as numbers or strings. */
  @Benchmark
  public Outcome json() {
    return jsonExporter.export(json, true);
  }

  /** In a job of one's own: {@code float[]}, {@code double[]} or strings to a record. */
  @Benchmark
  public byte[] arrays() {
    return template.write(NO_DISCRETE_FEATURES, ofArrays.make());
  }

  /** Writing alone: the tensors are at hand. */
  @Benchmark
  public byte[] template() {
    return template.write(NO_DISCRETE_FEATURES, ready);
  }

  /** The floor: one new array of the record's bytes, nothing understood. */
  @Benchmark
  public byte[] copy() {
    byte[] copy = new byte[record.length];
    System.arraycopy(record, 0, copy, 0, copy.length);
    return copy;
  }
}
