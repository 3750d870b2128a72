package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.TopicPartitions;
import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Permission;
import io.embeddingexport.kafka.transactions.PartitionReader.PartitionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers for transactions. Needs DESCRIBE on the transactional ids, which WRITE implies:
 * a broker silently leaves out ids and partitions that may not be described. READ on the topics
 * reveals where each transaction began and which one holds a partition back. Reads only.
 * Thread-safe.
 */
public final class TransactionReader {
  /** Maximum number of ids described in one request: other programs may have very many. */
  private static final int MOST_AT_ONCE = 1000;

  private final Admin admin;
  private final int timeoutMs;

  /**
   * @param admin the caller closes it
   * @param timeout of each request
   */
  public TransactionReader(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeoutMs = Math.toIntExact(timeout.toMillis());
  }

  /**
   * The transactions whose id matches, the longest open first.
   *
   * @param allStates false: open ones only
   * @throws TransactionException if a broker does not answer or refuses
   */
  public List<Transaction> list(Predicate<String> ids, boolean allStates)
      throws TransactionException, InterruptedException {
    List<TransactionListing> open = listed(Transaction.OPEN);
    List<String> wanted =
        (allStates ? listed(Set.of()) : open)
            .stream().map(TransactionListing::transactionalId).filter(ids).distinct().toList();
    return transactions(wanted, open).stream()
        .filter(transaction -> allStates || transaction.isOpen())
        .sorted(Transaction.OLDEST_FIRST)
        .toList();
  }

  /**
   * The transactions of these ids, in any state, in the order of the ids. An id that no coordinator
   * knows is left out.
   *
   * @throws TransactionException if a broker does not answer or refuses
   */
  public List<Transaction> describe(Collection<String> ids)
      throws TransactionException, InterruptedException {
    return transactions(List.copyOf(ids), listed(Transaction.OPEN));
  }

  /** How far readers get in these partitions, in order, and where this producer began there. */
  List<LsoStatus> holds(Collection<TopicPartition> partitions, long producerId)
      throws TransactionException, InterruptedException {
    return holds(
        partitions,
        producerId,
        new PartitionReader(admin, timeoutMs).read(partitions),
        idOfProducer(listed(Transaction.OPEN)));
  }

  /** Lists without a filter on ids: another job's transaction may hold a partition back. */
  private List<TransactionListing> listed(Set<TransactionState> states)
      throws TransactionException, InterruptedException {
    ListTransactionsOptions options = new ListTransactionsOptions().filterStates(states);
    options.timeoutMs(timeoutMs);
    try {
      return List.copyOf(Answers.await(admin.listTransactions(options).all()));
    } catch (KafkaException e) {
      throw TransactionException.of(
          "transactions cannot be listed",
          Permission.transactionalId(AclOperation.DESCRIBE, "*"),
          e);
    }
  }

  private List<Transaction> transactions(List<String> ids, List<TransactionListing> open)
      throws TransactionException, InterruptedException {
    Map<String, TransactionDescription> described = new HashMap<>();
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      describe(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)), described);
    }
    Map<TopicPartition, PartitionState> states =
        new PartitionReader(admin, timeoutMs)
            .read(
                described.values().stream()
                    .flatMap(one -> one.topicPartitions().stream())
                    .toList());
    Map<Long, String> idOfProducer = idOfProducer(open);
    List<Transaction> transactions = new ArrayList<>();
    for (String id : ids) {
      TransactionDescription description = described.get(id);
      if (description != null) {
        transactions.add(transaction(id, description, states, idOfProducer));
      }
    }
    return transactions;
  }

  private void describe(List<String> ids, Map<String, TransactionDescription> described)
      throws TransactionException, InterruptedException {
    TransactionDescriptions answers = TransactionDescriptions.ask(admin, ids, timeoutMs);
    for (String id : ids) {
      try {
        answers.of(id).ifPresent(description -> described.put(id, description));
      } catch (KafkaException e) {
        throw TransactionException.of(
            "transactional id '" + id + "' cannot be described",
            Permission.transactionalId(AclOperation.DESCRIBE, id),
            e);
      }
    }
  }

  private static Transaction transaction(
      String id,
      TransactionDescription description,
      Map<TopicPartition, PartitionState> states,
      Map<Long, String> idOfProducer) {
    boolean open = Transaction.OPEN.contains(description.state());
    // The start of the last transaction stays known after its end.
    @Nullable Instant started =
        open && description.transactionStartTimeMs().isPresent()
            ? Instant.ofEpochMilli(description.transactionStartTimeMs().getAsLong())
            : null;
    return new Transaction(
        id,
        description.state(),
        description.producerId(),
        description.producerEpoch(),
        description.coordinatorId(),
        started,
        Duration.ofMillis(description.transactionTimeoutMs()),
        holds(description.topicPartitions(), description.producerId(), states, idOfProducer));
  }

  private static List<LsoStatus> holds(
      Collection<TopicPartition> partitions,
      long producerId,
      Map<TopicPartition, PartitionState> states,
      Map<Long, String> idOfProducer) {
    return partitions.stream()
        .sorted(TopicPartitions.ORDER)
        .map(
            partition ->
                hold(
                    partition,
                    producerId,
                    states.getOrDefault(partition, new PartitionState()),
                    idOfProducer))
        .toList();
  }

  private static Map<Long, String> idOfProducer(List<TransactionListing> open) {
    Map<Long, String> ids = new HashMap<>();
    open.forEach(one -> ids.put(one.producerId(), one.transactionalId()));
    return ids;
  }

  private static LsoStatus hold(
      TopicPartition partition,
      long producerId,
      PartitionState state,
      Map<Long, String> idOfProducer) {
    Long holder = state.holder();
    return new LsoStatus(
        partition,
        state.start(producerId),
        state.lastStableOffset(),
        state.end(),
        holder == null ? null : new LsoStatus.BlockingTransaction(idOfProducer.get(holder), holder),
        state.unknown());
  }
}
