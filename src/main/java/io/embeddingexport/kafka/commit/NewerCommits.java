package io.embeddingexport.kafka.commit;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.Nullable;

/**
 * Looks for transactions that were committed after the checkpoint a job is restored from. There are
 * none if it is the newest: what was written after it is open or aborted.
 *
 * <p>Transactional ids are {@code prefix-subtask-checkpoint}: the naming strategy INCREMENTING
 * leaves no gap between checkpoints, and each start of a job resets the ids after its checkpoint.
 * So what is found committed there was committed since, and by the job itself.
 */
final class NewerCommits {
  /** So many ids are asked after at once. */
  private static final int BATCH = 32;

  private final String prefix;
  private final Coordinators coordinators;

  /** Knows the last transaction of each id. */
  interface Coordinators {
    /** The states of those of the ids that are known. */
    Map<String, TransactionState> states(List<String> ids) throws InterruptedException;
  }

  NewerCommits(String prefix, Coordinators coordinators) {
    this.prefix = prefix;
    this.coordinators = coordinators;
  }

  /**
   * Looks through the ids of this instance; and of those that were before a downscale, which are
   * dealt out among the instances there are.
   *
   * @param checkpoint id of the one the job is restored from
   * @return a transactional id; null if there is none
   */
  @Nullable String first(long checkpoint, int subtask, int instances) throws InterruptedException {
    for (int owned = subtask; ; owned += instances) {
      long from = checkpoint + 1;
      boolean known = false;
      for (boolean more = true; more; from += BATCH) {
        Map<String, TransactionState> states = coordinators.states(ids(owned, from));
        for (Map.Entry<String, TransactionState> id : states.entrySet()) {
          if (isCommitted(id.getValue())) {
            return id.getKey();
          }
        }
        more = states.size() == BATCH;
        known |= !states.isEmpty();
      }
      if (!known) {
        return null;
      }
    }
  }

  private List<String> ids(int subtask, long from) {
    return LongStream.range(from, from + BATCH)
        .mapToObj(checkpoint -> prefix + "-" + subtask + "-" + checkpoint)
        .toList();
  }

  private static boolean isCommitted(TransactionState state) {
    return state == TransactionState.PREPARE_COMMIT || state == TransactionState.COMPLETE_COMMIT;
  }
}
