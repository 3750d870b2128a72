package io.embeddingexport.kafka.sink;

import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Keeps the first send failure, reported on the producer's thread, for the task's thread. */
final class SendFailure implements Callback {
  private volatile @Nullable Exception first;

  @Override
  public void onCompletion(@Nullable RecordMetadata written, @Nullable Exception failure) {
    if (failure != null && first == null) {
      first = failure;
    }
  }

  /**
   * @throws FlinkRuntimeException if a send has failed
   */
  void rethrow() {
    Exception failure = first;
    if (failure != null) {
      throw new FlinkRuntimeException(
          "a message could not be written: "
              + failure.getMessage()
              + "; the job goes back to its last position",
          failure);
    }
  }
}
