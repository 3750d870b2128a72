package io.embeddingexport.kafka.sink;

import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.flink.types.Replayed;
import io.embeddingexport.kafka.positions.JobAccess;
import io.embeddingexport.kafka.positions.PositionClient;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The job's sink: writes records, tombstones and dead letters, and commits the positions of their
 * inputs with them.
 *
 * <p>It has no state. The next start aborts the prepared output of a failed attempt; its inputs are
 * read again, since the positions are aborted with it. It is an operator, not a {@code Sink}: Flink
 * hands the prepared output of a {@code Sink} to a committer that may run elsewhere and later, and
 * restores it from checkpoints.
 */
public final class OutputOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<Output, Void> {
  private static final long serialVersionUID = 1;

  private final SinkSettings settings;
  private final PositionSettings positionSettings;

  private transient Positions positions;
  private transient OutputMessages messages;
  private transient Counter sent;
  private transient CommitMetrics metrics;

  /** Starts of partitions with no input yet. */
  private transient List<PartitionStart> announced;

  /** Null until there is a partition to write for. */
  private transient @Nullable CommittingWriter writer;

  public OutputOperator(SinkSettings settings, PositionSettings positionSettings) {
    this.settings = settings;
    this.positionSettings = positionSettings;
  }

  @Override
  public void open() throws Exception {
    super.open();
    positions = new Positions();
    announced = new ArrayList<>();
    messages =
        new OutputMessages(settings.topics(), settings.partitions(), settings.forwardHeaders());
    sent = getMetricGroup().counter("numRecordsSend");
    metrics = new CommitMetrics(exportGroup(), System::currentTimeMillis);
  }

  private MetricGroup exportGroup() {
    return getMetricGroup().addGroup("embeddingExport");
  }

  @Override
  public void processElement(StreamRecord<Output> element) {
    Output output = element.getValue();
    if (output instanceof Decision decision) {
      write(decision);
      Envelope input = decision.input();
      positions.move(input.topic(), input.partition(), input.offset() + 1);
    } else if (output instanceof PartitionStart start) {
      boolean had = positions.start(start);
      metrics.start(new TopicPartition(start.topic(), start.partition()), start.next());
      if (!had) {
        announced.add(start);
      }
    } else if (output instanceof Replayed replayed) {
      replayed.decisions().forEach(this::write);
      move(replayed.read());
    } else {
      move((PartitionProgress) output);
    }
  }

  private void move(PartitionProgress read) {
    positions.move(read.topic(), read.partition(), read.next());
  }

  private void write(Decision decision) {
    ProducerRecord<byte[], byte[]> message = messages.of(decision);
    if (message != null) {
      write(message);
      sent.inc();
    }
    metrics.add(decision.input());
  }

  private void write(ProducerRecord<byte[], byte[]> message) {
    try {
      writer().write(message);
    } catch (RuntimeException e) {
      throw JobAccess.WRITE.explain(e, positionSettings);
    }
  }

  /** A partition's claim must be committed before its output is written. */
  private CommittingWriter writer() {
    CommittingWriter open = writer;
    if (open != null && announced.isEmpty()) {
      return open;
    }
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    try (PositionClient client = new PositionClient(positionSettings, "claims-" + subtask)) {
      if (open == null) {
        open = newWriter(subtask, client.group());
        writer = open;
      }
      open.open();
      client.requireClaimed(announced);
      announced.clear();
    } catch (RuntimeException e) {
      throw JobAccess.READ.explain(e, positionSettings);
    }
    return open;
  }

  private CommittingWriter newWriter(int subtask, ConsumerGroupMetadata group) {
    if (!positionSettings.transactional()) {
      return PlainWriter.of(positionSettings, subtask, positions, System::nanoTime);
    }
    ProducerRing ring = new ProducerRing(positionSettings, subtask);
    exportGroup().gauge("transactionalIds", ring::size);
    return new TransactionalWriter(ring, positions, group, System::nanoTime);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    if (!positions.areEmpty()) {
      prepare(checkpointId);
    }
  }

  private void prepare(long checkpointId) {
    try {
      writer().prepare(checkpointId);
    } catch (RuntimeException e) {
      throw JobAccess.WRITE.explain(e, positionSettings);
    }
    metrics.prepare(checkpointId, positions.next());
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    if (writer != null) {
      commit(checkpointId);
    }
  }

  private void commit(long checkpointId) throws Exception {
    writer().commit(checkpointId);
    metrics.commit(checkpointId);
  }

  /** Without checkpoints, the end of the input is the only commit. */
  @Override
  public void finish() throws Exception {
    super.finish();
    if (!CheckpointingOptions.isCheckpointingEnabled(getContainingTask().getJobConfiguration())
        && !positions.areEmpty()) {
      prepare(Long.MAX_VALUE);
      commit(Long.MAX_VALUE);
    }
  }

  @Override
  public void close() throws Exception {
    if (writer != null) {
      writer.close();
    }
    super.close();
  }
}
