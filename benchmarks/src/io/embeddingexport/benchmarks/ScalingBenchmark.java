package io.embeddingexport.benchmarks;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.event.input.EventInput;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
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

/**
 * What an event costs as there are more models, more tensors in it, or longer ones. Each operation
 * takes another event, of the next model: nothing of the last one is of use but what all share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScalingBenchmark {
  /** So many events lie ready in each case, so that caches help each as little. */
  private static final int EVENTS = 10_000;

  /** What is scaled, and to what; the rest is one model and 1x128, or 1x16 where tensors are. */
  @Param({
    "models 1",
    "models 100",
    "models 10000",
    "tensors 1",
    "tensors 10",
    "tensors 100",
    "dims 16",
    "dims 128",
    "dims 1024",
    "dims 4096"
  })
  String scale;

  private byte[][] events;
  private Exporter exporter;
  private int next;

  @Setup
  public void setUp() {
    int space = scale.indexOf(' ');
    int size = Integer.parseInt(scale.substring(space + 1));
    switch (scale.substring(0, space)) {
      case "models" -> prepare(Workload.parse("1x128"), size);
      case "tensors" -> prepare(Workload.parse(size + "x16"), 1);
      default -> prepare(Workload.parse("1x" + size), 1);
    }
    if (!(event() instanceof Outcome.Exported)) {
      throw new IllegalStateException(scale + ": " + event());
    }
  }

  private void prepare(Workload workload, int models) {
    KeyConfigs configs = new KeyConfigs();
    byte[][] ofModels = new byte[models][];
    for (int i = 0; i < models; i++) {
      configs.set(workload.keyConfig("model-" + i, 1));
      ofModels[i] = new WorkloadEvents(workload).thrift("model-" + i);
    }
    exporter =
        new Exporter(EventInput.of(EventFormat.THRIFT).newDecoder(), configs, ExportLimits.DEFAULT);
    // Longer events, fewer of them: all must fit into memory.
    int length = ofModels[0].length;
    events = new byte[Math.max(models, Math.min(EVENTS, 100_000_000 / length))][];
    for (int i = 0; i < events.length; i++) {
      events[i] = ofModels[i % models].clone();
    }
  }

  @Benchmark
  public Outcome event() {
    next = next + 1 < events.length ? next + 1 : 0;
    return exporter.export(events[next], true);
  }
}
