package io.embeddingexport.kafka.source;

import io.embeddingexport.flink.types.Input;
import io.embeddingexport.flink.types.InputTypeInfo;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.SourceSettings;
import io.embeddingexport.kafka.positions.PositionSettings;
import io.embeddingexport.kafka.positions.StartOptions;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the input topics from the group's positions, whatever state the job starts from. The
 * positions in a checkpoint are read and reported, but decide nothing.
 *
 * <p>Flink's {@code KafkaSource} is not used: it starts at its checkpoint's offsets, does not tell
 * how far it has read past the last message, and silently skips messages deleted by the brokers.
 */
public final class InputSource
    implements Source<Input, PartitionSplit, SourceState>,
        SupportsSplitReassignmentOnRecovery,
        ResultTypeQueryable<Input> {
  private static final long serialVersionUID = 1;

  private final PositionSettings positions;
  private final StartOptions start;
  private final @Nullable ReadPosition until;
  private final long discoveryMillis;

  private InputSource(PositionSettings positions, StartOptions start, SourceSettings settings) {
    this.positions = positions;
    this.start = start;
    this.until = settings.until();
    this.discoveryMillis = settings.discoveryInterval().toMillis();
  }

  /**
   * @param start for the same topics as {@code settings}
   */
  public static InputSource of(
      SourceSettings settings, PositionSettings positions, StartOptions start) {
    return new InputSource(positions, start, settings);
  }

  @Override
  public Boundedness getBoundedness() {
    return until == null ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<PartitionSplit, SourceState> createEnumerator(
      SplitEnumeratorContext<PartitionSplit> context) {
    return restoreEnumerator(context, null);
  }

  @Override
  public SplitEnumerator<PartitionSplit, SourceState> restoreEnumerator(
      SplitEnumeratorContext<PartitionSplit> context, @Nullable SourceState checkpoint) {
    return new PartitionEnumerator(context, positions, start, until, discoveryMillis, checkpoint);
  }

  @Override
  public SourceReader<Input, PartitionSplit> createReader(SourceReaderContext context) {
    return new InputReader(context, positions);
  }

  @Override
  public SimpleVersionedSerializer<PartitionSplit> getSplitSerializer() {
    return new PartitionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<SourceState> getEnumeratorCheckpointSerializer() {
    return new SourceStateSerializer();
  }

  @Override
  public TypeInformation<Input> getProducedType() {
    return InputTypeInfo.INSTANCE;
  }
}
