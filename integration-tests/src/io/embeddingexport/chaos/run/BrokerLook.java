package io.embeddingexport.chaos.run;

import static org.awaitility.Awaitility.await;

import io.embeddingexport.chaos.check.BrokerState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What the brokers know of the job's transactions.
 *
 * @param prefix of its transactional ids
 */
record BrokerLook(Admin admin, String prefix) {
  private static final Set<TransactionState> OPEN =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_COMMIT);

  /** The state, once nothing is open; or what it is after some time. */
  BrokerState atRest(Collection<TopicPartition> outputs, Duration patience) throws Exception {
    try {
      await("the end of the job's transactions")
          .atMost(patience)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> isAtRest(state(outputs)));
    } catch (ConditionTimeoutException stillOpen) {
      // The checker says so.
    }
    return state(outputs);
  }

  private static boolean isAtRest(BrokerState state) {
    return state.openTransactions().isEmpty() && state.lastStable().equals(state.logEnd());
  }

  private BrokerState state(Collection<TopicPartition> outputs)
      throws ExecutionException, InterruptedException {
    return new BrokerState(
        transactions(OPEN),
        ends(outputs, IsolationLevel.READ_COMMITTED),
        ends(outputs, IsolationLevel.READ_UNCOMMITTED));
  }

  /** Ids of transactions that are open. */
  List<String> open() throws ExecutionException, InterruptedException {
    return transactions(OPEN);
  }

  /** All ids, whatever became of their last transactions. */
  List<String> known() throws ExecutionException, InterruptedException {
    return transactions(Set.of());
  }

  private List<String> transactions(Set<TransactionState> states)
      throws ExecutionException, InterruptedException {
    return admin
        .listTransactions(new ListTransactionsOptions().filterStates(states))
        .all()
        .get()
        .stream()
        .map(TransactionListing::transactionalId)
        .filter(id -> id.startsWith(prefix))
        .toList();
  }

  private Map<TopicPartition, Long> ends(
      Collection<TopicPartition> partitions, IsolationLevel isolation)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    return admin
        .listOffsets(asked, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }
}
