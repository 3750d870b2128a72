package io.embeddingexport.benchmarks;

import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import io.embeddingexport.thrift.GeneralTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.thrift.TDeserializer;
import org.apache.thrift.TException;
import org.apache.thrift.TSerializer;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a Thrift event to its record, one event an operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
  private static final long[] NO_DISCRETE_FEATURES = {};

  /** Number of tensors, and floats in each. */
  @Param({"1x128", "1x1024", "10x64", "100x16"})
  String tensors;

  private Workload workload;
  private byte[] event;
  private byte[] record;
  private Exporter exporter;
  private RecordTemplate template;
  private Tensor[] views;
  private TDeserializer deserializer;
  private TSerializer serializer;

  @Setup
  public void setUp() throws TException {
    workload = Workload.parse(tensors);
    event = workload.event();
    exporter = workload.exporter();
    template = workload.template();
    views = workload.views();
    deserializer = new TDeserializer(new TBinaryProtocol.Factory());
    serializer = new TSerializer(new TBinaryProtocol.Factory());
    record = libthrift();
    requireSameRecord(template());
    requireSameRecord(
        export() instanceof Outcome.Exported exported ? exported.record() : new byte[0]);
  }

  /** What the job does for an event: decode, check against the key config, write the record. */
  @Benchmark
  public Outcome export() {
    return exporter.export(event, true);
  }

  /** Writing alone: the tensors are at hand. */
  @Benchmark
  public byte[] template() {
    return template.write(NO_DISCRETE_FEATURES, views);
  }

  /** The same work with the generated classes, and none of the checks. */
  @Benchmark
  public byte[] libthrift() throws TException {
    EmbeddingEvent read = new EmbeddingEvent();
    deserializer.deserialize(read, event);
    List<GeneralTensor> values = read.getTensors();
    Map<Long, GeneralTensor> byKey = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byKey.put(workload.key(i), values.get(i));
    }
    return serializer.serialize(new DataRecord().setTensors(byKey));
  }

  /** The floor: one new array of the record's bytes, nothing understood. */
  @Benchmark
  public byte[] copy() {
    return record.clone();
  }

  /** A benchmark of wrong output is worth nothing. */
  private void requireSameRecord(byte[] written) {
    if (!Arrays.equals(record, written)) {
      throw new IllegalStateException(tensors + ": the record is not the one libthrift writes");
    }
  }
}
