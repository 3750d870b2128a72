package io.embeddingexport.kafka.commit;

import io.embeddingexport.kafka.commit.TransactionFate.Aborted;
import io.embeddingexport.kafka.commit.TransactionFate.Committed;
import io.embeddingexport.kafka.commit.TransactionFate.Open;
import io.embeddingexport.kafka.commit.TransactionFate.Unanswered;
import io.embeddingexport.kafka.commit.TransactionFate.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Asks the transaction coordinator, which remembers the last transaction of each transactional id.
 * That needs DESCRIBE on the id, which WRITE implies.
 *
 * <p>The last one is ours if producer id and epoch are, or if the epoch is the next one and brokers
 * run {@code transaction.version=2} (KIP-890): then each transaction ends with a new epoch. With
 * older versions the next epoch is that of whoever used the id after us, and says nothing.
 */
final class CoordinatorFates implements TransactionFates {
  private static final String TRANSACTION_VERSION = "transaction.version";
  private static final int EPOCH_PER_TRANSACTION = 2;

  private final Admin admin;
  private final Duration timeout;

  CoordinatorFates(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  @Override
  public TransactionFate of(PreparedTransaction transaction) throws InterruptedException {
    KafkaCommittable ours = transaction.kafka();
    String id = ours.getTransactionalId();
    try {
      TransactionDescription last = get(admin.describeTransactions(List.of(id)).description(id));
      String said =
          "the coordinator says "
              + last.state()
              + ", producer "
              + last.producerId()
              + " epoch "
              + last.producerEpoch();
      return isOurs(last, ours)
          ? fate(last, said)
          : new Unknown(
              said
                  + ", and the transaction had producer "
                  + ours.getProducerId()
                  + " epoch "
                  + ours.getEpoch());
    } catch (ExecutionException e) {
      String said = "the coordinator says: " + e.getCause().getMessage();
      return e.getCause() instanceof RetriableException ? new Unanswered(said) : new Unknown(said);
    } catch (TimeoutException e) {
      return new Unanswered("no coordinator answers within " + timeout.toSeconds() + " s");
    }
  }

  private boolean isOurs(TransactionDescription last, KafkaCommittable ours)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (last.producerId() != ours.getProducerId()) {
      return false;
    }
    return last.producerEpoch() == ours.getEpoch()
        || (last.producerEpoch() == ours.getEpoch() + 1
            && transactionVersion() >= EPOCH_PER_TRANSACTION);
  }

  private static TransactionFate fate(TransactionDescription last, String said) {
    return switch (last.state()) {
      case PREPARE_COMMIT, COMPLETE_COMMIT -> Committed.INSTANCE;
      case PREPARE_ABORT, COMPLETE_ABORT, PREPARE_EPOCH_FENCE -> new Aborted(said);
      case ONGOING -> Open.INSTANCE;
      default -> new Unknown(said);
    };
  }

  private int transactionVersion()
      throws InterruptedException, ExecutionException, TimeoutException {
    FinalizedVersionRange range =
        get(admin.describeFeatures().featureMetadata())
            .finalizedFeatures()
            .get(TRANSACTION_VERSION);
    return range == null ? 0 : range.maxVersionLevel();
  }

  private <T> T get(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
