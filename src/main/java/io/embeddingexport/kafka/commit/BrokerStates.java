package io.embeddingexport.kafka.commit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Asks the transaction coordinators for the states of many ids at once. That needs DESCRIBE on the
 * ids, which WRITE implies.
 */
record BrokerStates(Admin admin, Duration timeout) implements NewerCommits.Coordinators {

  @Override
  public Map<String, TransactionState> states(List<String> ids) throws InterruptedException {
    DescribeTransactionsResult described = admin.describeTransactions(ids);
    Map<String, TransactionState> states = new HashMap<>();
    for (String id : ids) {
      try {
        states.put(
            id, described.description(id).get(timeout.toMillis(), TimeUnit.MILLISECONDS).state());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
          throw cannotTell(id, e.getCause());
        }
      } catch (TimeoutException e) {
        throw cannotTell(id, e);
      }
    }
    return states;
  }

  private static FlinkRuntimeException cannotTell(String id, Throwable cause) {
    return new FlinkRuntimeException(
        "it cannot be told whether the checkpoint that the job is restored from is its newest: the"
            + " coordinator of transaction "
            + id
            + " says: "
            + cause.getMessage()
            + "; the next restart asks again",
        cause);
  }
}
