package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.kafka.positions.PositionSettings;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.metrics.MetricGroup;

/**
 * Reads the partitions of one slot. For the task's thread, except for the work of its reader
 * thread.
 */
final class InputReader
    extends SingleThreadMultiplexSourceReaderBase<
        Input, Input, PartitionSplit, InputReader.Progress> {

  /** The task's progress in a split. */
  static final class Progress {
    private final PartitionSplit split;
    private long next;

    private Progress(PartitionSplit split) {
      this.split = split;
      this.next = split.next();
    }
  }

  /**
   * Number of partitions that did not start at the restored checkpoint's offset; read by metric
   * reporters.
   */
  private volatile int offCheckpoint;

  InputReader(SourceReaderContext context, PositionSettings positions) {
    this(
        context,
        positions,
        new KafkaSourceReaderMetrics(context.metricGroup()),
        context.metricGroup().addGroup("embeddingExport"));
  }

  private InputReader(
      SourceReaderContext context,
      PositionSettings positions,
      KafkaSourceReaderMetrics metrics,
      MetricGroup group) {
    super(
        () ->
            new PartitionSplitReader(
                positions, context.getIndexOfSubtask(), metrics, new PartitionLags(group)),
        InputReader::emit,
        new Configuration(),
        context);
    group.gauge("positionsOffCheckpoint", () -> offCheckpoint);
  }

  @Override
  public void addSplits(List<PartitionSplit> splits) {
    offCheckpoint += (int) splits.stream().filter(PartitionSplit::isOffCheckpoint).count();
    super.addSplits(splits);
  }

  private static void emit(Input element, SourceOutput<Input> output, Progress progress) {
    if (element instanceof Envelope envelope) {
      output.collect(envelope, envelope.timestampMillis());
      progress.next = envelope.offset() + 1;
    } else {
      output.collect(element);
      if (element instanceof PartitionProgress read) {
        progress.next = read.next();
      }
    }
  }

  @Override
  protected void onSplitFinished(Map<String, Progress> finished) {
    // The sink knows the position of a finished split.
  }

  @Override
  protected Progress initializedState(PartitionSplit split) {
    return new Progress(split);
  }

  @Override
  protected PartitionSplit toSplitType(String splitId, Progress progress) {
    return progress.split.at(progress.next);
  }
}
