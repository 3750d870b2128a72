package io.embeddingexport.kafka.commit;

import io.embeddingexport.flink.Decision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's Kafka writer, which also notes what each of its transactions holds. */
final class WitnessedWriter
    implements CommittingSinkWriter<Decision, PreparedTransaction>,
        StatefulSinkWriter<Decision, KafkaWriterState> {
  private static final Logger LOG = LoggerFactory.getLogger(WitnessedWriter.class);

  private final SourceRanges sources = new SourceRanges();
  private final PrecommittingStatefulSinkWriter<Decision, KafkaWriterState, KafkaCommittable>
      writer;

  /** Written by the producer's thread; read when all messages are acknowledged. */
  private volatile @Nullable RecordMetadata lastWritten;

  /** Makes Flink's writer. */
  interface Factory {
    PrecommittingStatefulSinkWriter<Decision, KafkaWriterState, KafkaCommittable> create(
        WriterInitContext context) throws IOException;
  }

  WitnessedWriter(WriterInitContext context, Factory writer) throws IOException {
    this.writer = writer.create(new WitnessContext(context, written -> lastWritten = written));
  }

  @Override
  public void write(Decision decision, Context context) throws IOException, InterruptedException {
    writer.write(decision, context);
    sources.add(decision.input());
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    writer.flush(endOfInput);
  }

  /** Flink has flushed the writer before: what the transaction holds is written. */
  @Override
  public Collection<PreparedTransaction> prepareCommit() throws IOException, InterruptedException {
    TransactionContent content =
        new TransactionContent(System.currentTimeMillis(), witness(), sources.take());
    lastWritten = null;
    List<PreparedTransaction> prepared = new ArrayList<>();
    for (KafkaCommittable transaction : writer.prepareCommit()) {
      prepared.add(new PreparedTransaction(transaction, content));
    }
    return prepared;
  }

  private @Nullable Witness witness() {
    RecordMetadata last = lastWritten;
    return last == null || !last.hasOffset()
        ? null
        : new Witness(last.topic(), last.partition(), last.offset());
  }

  @Override
  public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
    return writer.snapshotState(checkpointId);
  }

  @Override
  public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
    writer.writeWatermark(watermark);
  }

  /**
   * Ends the producers. That a message could not be written is no reason to throw here: it belongs
   * to no checkpoint, so it is written again, and whoever fails is failing already. Flink takes an
   * exception while a failed task is cleaned up for an error of the TaskManager, and ends that with
   * all jobs on it.
   */
  @Override
  public void close() {
    try {
      writer.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Messages of no checkpoint were not written; they will be after the restart.", e);
    }
  }
}
