package io.embeddingexport.benchmarks;

import io.embeddingexport.benchmarks.formats.LibraryCodec;
import io.embeddingexport.benchmarks.formats.VectorFormat;
import io.embeddingexport.event.input.EventInputs;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.Outcome;
import java.io.IOException;
import java.util.List;
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

/** From an event in another format to its record: by its mapping, and by the format's library. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FormatBenchmark {
  @Param({"1x128", "1x1024"})
  String tensors;

  private byte[] avroEvent;
  private byte[] protobufEvent;
  private Exporter avroExporter;
  private Exporter protobufExporter;
  private LibraryCodec library;

  @Setup
  public void setUp() throws TException, InvalidInputException, IOException {
    Workload workload = Workload.parse(tensors);
    float[] vector = workload.elements().floats().get(0);
    avroEvent = VectorFormat.AVRO.event(42, Workload.MODEL, vector);
    protobufEvent = VectorFormat.PROTOBUF.event(42, Workload.MODEL, vector);
    avroExporter = exporter(workload, VectorFormat.AVRO);
    protobufExporter = exporter(workload, VectorFormat.PROTOBUF);
    library = new LibraryCodec(Workload.key(0));
    SameRecord same = new SameRecord(tensors, new WorkloadEvents(workload).record());
    same.require(avro());
    same.require(protobuf());
    same.require(avroLibrary());
    same.require(protobufLibrary());
  }

  private static Exporter exporter(Workload workload, VectorFormat format)
      throws InvalidInputException {
    return workload.exporter(
        EventInputs.newDecoder(List.of(format.input("tensor-0")), RegistryListener.NONE));
  }

  @Benchmark
  public Outcome avro() {
    return avroExporter.export(avroEvent, true);
  }

  @Benchmark
  public Outcome protobuf() {
    return protobufExporter.export(protobufEvent, true);
  }

  /** Apache Avro's generic record, and libthrift. */
  @Benchmark
  public byte[] avroLibrary() throws IOException, TException {
    return library.avro(avroEvent);
  }

  /** protobuf-java's dynamic message, and libthrift. */
  @Benchmark
  public byte[] protobufLibrary() throws IOException, TException {
    return library.protobuf(protobufEvent);
  }
}
