package io.embeddingexport.kafka.commit;

import io.embeddingexport.flink.Decision;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Flink's Kafka sink, whose commits are checked.
 *
 * <p>Its state can be restored from that of Flink's own sink, and not the other way round.
 */
public final class CheckedSink
    implements Sink<Decision>,
        SupportsWriterState<Decision, KafkaWriterState>,
        SupportsCommitter<PreparedTransaction>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final KafkaSink<Decision> sink;
  private final KafkaSink<Decision> committing;
  private final CommitSettings settings;

  /** Of the task whose copy of the sink this is. */
  private transient @Nullable RestoredTransactions restored;

  /**
   * @param sink with the transaction naming strategy INCREMENTING, if it is exactly-once
   * @param committing exactly-once: Flink's sink gives no other one a committer that commits
   */
  public CheckedSink(
      KafkaSink<Decision> sink, KafkaSink<Decision> committing, CommitSettings settings) {
    this.sink = sink;
    this.committing = committing;
    this.settings = settings;
  }

  @Override
  public SinkWriter<Decision> createWriter(WriterInitContext context) throws IOException {
    return writer(context, kafka()::createWriter);
  }

  @Override
  public StatefulSinkWriter<Decision, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
    return writer(context, with -> kafka().restoreWriter(with, states));
  }

  /** The sink is the first of the chain to be opened, so it is the first to miss the brokers. */
  private WitnessedWriter writer(WriterInitContext context, WitnessedWriter.Factory kafka)
      throws IOException {
    if (!settings.acceptDuplicates() && context.getRestoredCheckpointId().isPresent()) {
      requireNewest(context.getRestoredCheckpointId().getAsLong(), context.getTaskInfo());
    }
    try {
      return new WitnessedWriter(context, kafka);
    } catch (TimeoutException e) {
      throw new NoBrokerException(settings.properties().get("bootstrap.servers"), e);
    }
  }

  /** Before Flink's writer is there: it resets the ids that are asked after. */
  private void requireNewest(long checkpoint, TaskInfo task) throws IOException {
    try (Admin admin = Admin.create(settings.adminProperties(ANSWER))) {
      String committed =
          new NewerCommits(settings.transactionalIdPrefix(), new BrokerStates(admin, ANSWER))
              .first(checkpoint, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
      if (committed != null) {
        throw new OldCheckpointException(checkpoint, committed);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before it was known what is committed");
    }
  }

  @Override
  public Committer<PreparedTransaction> createCommitter(CommitterInitContext context)
      throws IOException {
    TaskInfo task = context.getTaskInfo();
    restored().begin();
    return new CheckedCommitter(
        committing.createCommitter(context),
        settings,
        new CommitMetrics(context.metricGroup()),
        new LossReport(settings, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks()),
        restored(),
        () -> new BrokerFates(settings));
  }

  @Override
  public SimpleVersionedSerializer<PreparedTransaction> getCommittableSerializer() {
    return restored().noting(new PreparedTransactionSerializer(sink.getCommittableSerializer()));
  }

  private RestoredTransactions restored() {
    RestoredTransactions known = restored;
    if (known == null) {
      known = new RestoredTransactions();
      restored = known;
    }
    return known;
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public LineageVertex getLineageVertex() {
    return sink.getLineageVertex();
  }

  /** As the interface: the writer's class is not visible. */
  private TwoPhaseCommittingStatefulSink<Decision, KafkaWriterState, KafkaCommittable> kafka() {
    return sink;
  }
}
