package io.embeddingexport.chaos.fault;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** The job's transactions that hold something and are neither committed nor aborted. */
final class OpenTransactions implements AutoCloseable {
  private static final long ANSWER_SECONDS = 20;

  private final Admin admin;

  OpenTransactions(Map<String, Object> clientProperties) {
    this.admin = Admin.create(clientProperties);
  }

  /** Ids of all of them, whatever prefix they have: no other job runs on these brokers. */
  Set<String> list() throws InterruptedException {
    try {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
          .all()
          .get(ANSWER_SECONDS, TimeUnit.SECONDS)
          .stream()
          .map(TransactionListing::transactionalId)
          .collect(Collectors.toSet());
    } catch (ExecutionException | TimeoutException e) {
      throw new FaultException("listing transactions: " + e);
    }
  }

  /** Takes over the ids, which aborts what is open. */
  void fence(Set<String> ids) throws InterruptedException {
    try {
      admin.fenceProducers(ids).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FaultException("fencing " + ids + ": " + e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
