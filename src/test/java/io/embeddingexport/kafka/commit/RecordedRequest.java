package io.embeddingexport.kafka.commit;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** Flink's request to commit, which keeps what the committer says to it. */
final class RecordedRequest implements CommitRequest<PreparedTransaction> {
  final List<String> said = new ArrayList<>();
  private final PreparedTransaction transaction;

  RecordedRequest(PreparedTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public PreparedTransaction getCommittable() {
    return transaction;
  }

  @Override
  public int getNumberOfRetries() {
    return 0;
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    said.add("failed: " + reason.getMessage());
  }

  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    throw new IllegalStateException("failed for a reason unknown", reason);
  }

  @Override
  public void retryLater() {
    said.add("retry");
  }

  @Override
  public void updateAndRetryLater(PreparedTransaction other) {
    said.add("update");
  }

  @Override
  public void signalAlreadyCommitted() {
    said.add("already committed");
  }
}
