package io.embeddingexport.chaos.fault;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * The job's transactions that hold something and are neither committed nor aborted. Their ids are
 * {@code PREFIX-SUBTASK-NUMBER}, with the next number for each checkpoint.
 */
final class OpenTransactions implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("(?<instance>.*-\\d+)-(?<number>\\d+)");
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
          .filter(id -> ID.matcher(id).matches())
          .collect(Collectors.toSet());
    } catch (ExecutionException | TimeoutException e) {
      throw new FaultException("listing transactions: " + e);
    }
  }

  /** Those of {@link #list()} that are prepared. */
  Set<String> listPrepared() throws InterruptedException {
    return prepared(list());
  }

  /** Those that have a successor: an instance opens its next one when it has prepared one. */
  static Set<String> prepared(Set<String> ids) {
    Map<String, List<String>> byInstance =
        ids.stream().collect(Collectors.groupingBy(id -> match(id).group("instance")));
    Set<String> prepared = new HashSet<>(ids);
    byInstance
        .values()
        .forEach(
            ofOne ->
                ofOne.stream()
                    .max(Comparator.comparingLong(OpenTransactions::number))
                    .ifPresent(prepared::remove));
    return prepared;
  }

  /** What a second job does at its start: it takes over the ids, which aborts what is open. */
  void fence(Set<String> ids) throws InterruptedException {
    try {
      admin.fenceProducers(ids).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new FaultException("fencing " + ids + ": " + e);
    }
  }

  /** Of the checkpoint that a transaction is prepared for. */
  static long number(String id) {
    return Long.parseLong(match(id).group("number"));
  }

  @Override
  public void close() {
    admin.close();
  }

  private static Matcher match(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(id + " is not PREFIX-SUBTASK-NUMBER");
    }
    return matcher;
  }
}
