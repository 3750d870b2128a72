package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.EnvelopeTypeInfo;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.InputTypeInfo;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.OutputTypeInfo;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.keys.KeyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The job whose savepoints are kept for ever, and what must be true of a job that starts from one.
 *
 * <pre>
 * key configs of the savepoint         user  version 3, key 70, topic "users"
 *                                      item  version 7, key 71
 *                                      ad    version 2, topic "ads", then retired
 *                                      never retired, without ever having had one
 * refused, and its letter emitted      key-configs-0@5
 * </pre>
 */
final class SavepointJob {
  static final String UID = "export";

  /** How many messages of key configs were handled before the savepoint. */
  private static final long HISTORY = 6;

  /** Sends what is in a savepoint: the first six messages. */
  static void sendHistory(KeyConfigLog log) {
    log.publish(withTopic(vector("user", 3, 70), "users"));
    log.publish(vector("item", 7, 71));
    log.publish(vector("ad", 2, "ads"));
    log.retire("ad");
    log.retire("never");
    log.publishInvalid("user");
  }

  /** The same six messages of a topic that went back: nothing of it may come in force. */
  static void sendOlder(KeyConfigLog log) {
    log.publish(vector("user", 2, 80));
    log.publish(vector("item", 7, 81));
    log.publish(vector("ad", 1, 82));
    log.publish(vector("ad", 2, 83));
    log.retire("never");
    log.publishInvalid("user");
  }

  /** The messages of {@link #sendOlder}. */
  static Envelope[] older() {
    try (KeyConfigLog log = new KeyConfigLog()) {
      sendOlder(log);
      return log.messages();
    }
  }

  /** What becomes of {@link #events} wherever the savepoint's key configs are in force. */
  static final List<String> OUTCOMES =
      List.of(
          "user exported 3 to users " + hex(70),
          "item exported 7 to null " + hex(71),
          "ad model-retired 2",
          "never model-retired 0",
          "unknown no-key-config 0",
          "ad tombstone to ads",
          "user tombstone to users");

  private SavepointJob() {}

  /** Takes a savepoint of two instances under {@code directory}; returns where it is. */
  static String takeSavepoint(Path directory) throws Exception {
    try (KeyConfigLog log = new KeyConfigLog()) {
      sendHistory(log);
      StreamExecutionEnvironment env = environment(2, null);
      export(
              env.addSource(new Silent(), "silent", EnvelopeTypeInfo.INSTANCE).uid("silent"),
              function().following(log.source(), Duration.ZERO))
          .sinkTo(new DiscardingSink<>())
          .uid("sink");
      JobClient job = env.executeAsync("savepoint");
      Awaitility.await()
          .pollInSameThread()
          .until(
              () ->
                  job.getJobStatus().get() == JobStatus.RUNNING
                      && log.opened(0) == 1
                      && log.opened(1) == 1);
      Silent.AWAITED.await();
      // An instance that has opened its source need not be known to run yet.
      String savepoint =
          Awaitility.await()
              .pollInSameThread()
              .ignoreExceptionsMatching(SavepointJob::isTooEarly)
              .until(
                  () ->
                      job.stopWithSavepoint(
                              false, directory.toString(), SavepointFormatType.CANONICAL)
                          .get(),
                  Objects::nonNull);
      job.getJobExecutionResult().get();
      return savepoint;
    }
  }

  /** The export as the job runs it, told that all messages of the savepoint have been handled. */
  static DataStream<Decision> export(DataStream<Envelope> events, ExportFunction function) {
    return events
        .flatMap(new Started())
        .returns(InputTypeInfo.INSTANCE)
        .transform(UID, OutputTypeInfo.INSTANCE, new ExportOperator(function))
        .uid(UID)
        .flatMap(new Decisions())
        .returns(DecisionTypeInfo.INSTANCE);
  }

  private static boolean isTooEarly(Throwable failure) {
    return ExceptionUtils.findThrowable(failure, CheckpointException.class)
        .map(CheckpointException::getCheckpointFailureReason)
        .filter(CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING::equals)
        .isPresent();
  }

  /** Runs a bounded job from a savepoint; returns the lines of {@link #shown}. */
  static List<String> run(String savepoint, int parallelism, Topology topology) throws Exception {
    StreamExecutionEnvironment env = environment(parallelism, savepoint);
    DataStream<Envelope> events =
        env.fromData(EnvelopeTypeInfo.INSTANCE, events(parallelism)).uid("events").rebalance();
    DataStream<String> lines = topology.export(env, events).map(new Shown()).returns(Types.STRING);
    List<String> collected = new ArrayList<>();
    try (CloseableIterator<String> results = lines.executeAndCollect()) {
      results.forEachRemaining(collected::add);
    }
    return collected;
  }

  /** From events to decisions, with {@link #UID}. */
  interface Topology {
    DataStream<Decision> export(StreamExecutionEnvironment env, DataStream<Envelope> events);
  }

  private static StreamExecutionEnvironment environment(
      int parallelism, @Nullable String savepoint) {
    Configuration configuration =
        new Configuration()
            .set(PipelineOptions.GENERIC_TYPES, false)
            .set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    return StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
  }

  /** Each kind once for every instance, which get them in turn. */
  private static Envelope[] events(int parallelism) {
    List<Envelope> events = new ArrayList<>();
    for (String model : List.of("user", "item", "ad", "never", "unknown")) {
      for (int i = 0; i < parallelism; i++) {
        events.add(ExportInstance.vector(model, 0));
      }
    }
    for (String model : List.of("ad", "user")) {
      Header[] headers = {new RecordHeader(Envelope.MODEL_HEADER, model.getBytes(UTF_8))};
      for (int i = 0; i < parallelism; i++) {
        events.add(new Envelope(new byte[] {1}, null, headers, 0, "events", 0, 0));
      }
    }
    return events.toArray(Envelope[]::new);
  }

  private static KeyConfig withTopic(KeyConfig config, String topic) {
    return new KeyConfig(config.model(), config.version(), config.keys(), null, null, topic);
  }

  private static String hex(long key) {
    return HexFormat.of().formatHex(ThriftSamples.bytes(ThriftSamples.vector(key, new byte[8])));
  }

  /** {@code 2: user exported 3 to users 0d00…}: the instance, and what it decided. */
  private static final class Shown extends RichMapFunction<Decision, String> {
    private static final long serialVersionUID = 1;
    private transient int instance;

    @Override
    public void open(OpenContext context) {
      instance = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public String map(Decision decision) {
      return instance + ": " + shown(decision);
    }

    private static String shown(Decision decision) {
      Outcome outcome = decision.outcome();
      if (outcome instanceof Exported exported) {
        return exported.model()
            + " exported "
            + exported.keyConfigVersion()
            + " to "
            + exported.outputTopic()
            + ' '
            + HexFormat.of().formatHex(exported.record());
      }
      if (outcome instanceof Rejected rejected) {
        String where =
            decision.input().topic().equals(KeyConfigLog.TOPIC) ? " " + decision.input() : "";
        return rejected.model()
            + ' '
            + rejected.reason().label()
            + ' '
            + rejected.keyConfigVersion()
            + where;
      }
      return decision.input().model() + " tombstone to " + ((Tombstone) outcome).outputTopic();
    }
  }

  /** Puts the start of the log's only partition before the first event of the first instance. */
  private static final class Started extends RichFlatMapFunction<Envelope, Input> {
    private static final long serialVersionUID = 1;
    private transient boolean started;

    @Override
    public void flatMap(Envelope event, Collector<Input> out) {
      if (!started && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        out.collect(new PartitionStart(KeyConfigLog.TOPIC, 0, KeyConfigLog.FIRST_ID, HISTORY, ""));
        started = true;
      }
      out.collect(event);
    }
  }

  /** Leaves out where partitions stand. */
  private static final class Decisions implements FlatMapFunction<Output, Decision> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Output output, Collector<Decision> out) {
      if (output instanceof Decision decision) {
        out.collect(decision);
      }
    }
  }

  /** A source without events and without state. */
  private static final class Silent implements SourceFunction<Envelope> {
    private static final long serialVersionUID = 1;

    /** Ends when the source has begun to run. */
    static final CountDownLatch AWAITED = new CountDownLatch(1);

    private volatile boolean running = true;

    @Override
    public void run(SourceContext<Envelope> context) throws Exception {
      AWAITED.countDown();
      synchronized (this) {
        while (running) {
          wait();
        }
      }
    }

    @Override
    public void cancel() {
      synchronized (this) {
        running = false;
        notifyAll();
      }
    }
  }
}
