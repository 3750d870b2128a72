package io.embeddingexport.kafka.transactions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's knowledge of a transactional id, and of the partitions its transaction wrote to.
 *
 * @param coordinator the broker that keeps it
 * @param started by the coordinator's clock; null: none is open
 * @param timeout time after which the coordinator aborts it, if no commit has begun
 * @param partitions visible partitions it has written to, in order; empty once it has ended
 */
public record Transaction(
    String id,
    TransactionState state,
    long producerId,
    int producerEpoch,
    int coordinator,
    @Nullable Instant started,
    Duration timeout,
    List<LsoStatus> partitions) {

  /** States that may hold back readers. */
  public static final Set<TransactionState> OPEN =
      Set.copyOf(
          EnumSet.of(
              TransactionState.ONGOING,
              TransactionState.PREPARE_COMMIT,
              TransactionState.PREPARE_ABORT,
              TransactionState.PREPARE_EPOCH_FENCE));

  /** Open transactions first, oldest first, then the others by id. */
  static final Comparator<Transaction> OLDEST_FIRST =
      Comparator.comparing(
              Transaction::started, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(Transaction::id);

  public Transaction {
    partitions = List.copyOf(partitions);
  }

  public boolean isOpen() {
    return OPEN.contains(state);
  }

  /** Whether the same transaction is open in {@code other}, not a later one of the same id. */
  public boolean isSameAs(Transaction other) {
    return id.equals(other.id)
        && producerId == other.producerId
        && producerEpoch == other.producerEpoch
        && started != null
        && started.equals(other.started);
  }

  /**
   * How long it has been open.
   *
   * @param now by this machine's clock; zero if it is behind the coordinator's
   * @return null if none is open
   */
  public @Nullable Duration age(Instant now) {
    if (started == null) {
      return null;
    }
    Duration age = Duration.between(started, now);
    return age.isNegative() ? Duration.ZERO : age;
  }
}
