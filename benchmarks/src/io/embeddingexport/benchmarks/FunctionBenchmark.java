package io.embeddingexport.benchmarks;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.flink.ExportFunction;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The job's function, one event an operation: by where its key configs come from, and measured. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FunctionBenchmark {
  /** Models that are not the event's. */
  private static final int OTHERS = 10_000;

  private static final int UPDATES_PER_SECOND = 1_000;

  /** Number of tensors, and floats in each. */
  @Param({"1x128", "1x1024"})
  String tensors;

  /**
   * Static key configs, following without any update, following 10,000 others at 1,000 updates/s;
   * and static ones with metrics of every event and its record, not of one in 1,024.
   */
  @Param({"static", "live", "updates", "measured"})
  String kind;

  private OneInputStreamOperatorTestHarness<Envelope, Decision> harness;
  private ExportFunction function;
  private Envelope input;
  private Collector<Decision> out;
  private LiveFeed feed;

  @Setup
  public void setUp(Blackhole blackhole) throws Exception {
    Workload workload = Workload.parse(tensors);
    function =
        new ExportFunction(EventFormat.THRIFT, ExportLimits.DEFAULT, List.of(workload.keyConfig()));
    if (kind.equals("measured")) {
      function = function.sampling(1);
    } else if (!kind.equals("static")) {
      boolean updates = kind.equals("updates");
      feed = new LiveFeed(workload, updates ? OTHERS : 0, updates ? UPDATES_PER_SECOND : 0);
      function = function.following(subtask -> feed, Duration.ofSeconds(10));
    }
    harness = new OneInputStreamOperatorTestHarness<>(new StreamFlatMap<>(function));
    harness.setup(DecisionTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
    harness.open();
    input = new Envelope(new byte[8], workload.event(), Envelope.NO_HEADERS, 0, "events", 0, 0);
    out = new Into(blackhole);
    requireRecord();
    if (feed != null) {
      feed.start();
    }
  }

  @TearDown
  public void tearDown() throws Exception {
    harness.close();
  }

  @Benchmark
  public void event() throws Exception {
    function.flatMap(input, out);
  }

  /** A benchmark of rejects is worth nothing. */
  private void requireRecord() throws Exception {
    function.flatMap(
        input,
        new Collector<>() {
          @Override
          public void collect(Decision decision) {
            if (!(decision.outcome() instanceof Outcome.Exported)) {
              throw new IllegalStateException(tensors + ": " + decision.outcome());
            }
          }

          @Override
          public void close() {}
        });
  }

  private record Into(Blackhole blackhole) implements Collector<Decision> {
    @Override
    public void collect(Decision decision) {
      blackhole.consume(decision);
    }

    @Override
    public void close() {}
  }
}
