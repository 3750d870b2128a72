package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.admin.Deadline;
import io.embeddingexport.kafka.admin.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Aborts a transaction as its producer's successor would: by taking over the id ({@link
 * Admin#fenceProducers}, an InitProducerId request). Its coordinator then aborts the open
 * transaction, writes the markers, and refuses the producer's later commit with ProducerFenced.
 *
 * <p>It was measured on a Kafka 4 broker with transaction.version 0, 1 and 2, with the producer
 * alive and dead. It works alike in all six cases, in 0.1 s, and needs only WRITE on the
 * transactional id, which the job has. {@link Admin#abortTransaction} is unsuitable. It needs ALTER
 * on the cluster, and writes a marker into the partition while the coordinator still considers the
 * transaction open: the producer's later commit then succeeds, but its records are gone (all three
 * versions). It is for transactions that hang: open in a partition, unknown to every coordinator.
 */
public final class TransactionAbort {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Admin admin;
  private final TransactionReader transactions;
  private final int timeoutMs;

  /**
   * @param admin the caller closes it
   * @param timeout of each request
   */
  public TransactionAbort(Admin admin, Duration timeout) {
    this.admin = admin;
    this.transactions = new TransactionReader(admin, timeout);
    this.timeoutMs = Math.toIntExact(timeout.toMillis());
  }

  /**
   * Aborts a transaction if it is still the given one, then waits until readers have passed it.
   *
   * @param wait longest for that
   * @throws TransactionException if a broker does not answer or refuses
   */
  public AbortOutcome abort(Transaction seen, Duration wait)
      throws TransactionException, InterruptedException {
    // Fencing would create an id that no coordinator knows.
    List<Transaction> now = transactions.describe(List.of(seen.id()));
    if (now.isEmpty()) {
      return new AbortOutcome.NotAborted(null);
    }
    Transaction open = now.get(0);
    if (open.state() != TransactionState.ONGOING || !open.isSameAs(seen)) {
      return new AbortOutcome.NotAborted(open);
    }
    takeOver(open.id());
    return released(open, Deadline.in(wait));
  }

  /**
   * Takes over an id: any open transaction under it is aborted, whoever owns it. Does not wait for
   * readers.
   *
   * @param id of a transaction that was seen open: an unknown id would be created
   * @throws TransactionException if a broker does not answer or refuses
   */
  private void takeOver(String id) throws TransactionException, InterruptedException {
    try {
      FenceProducersOptions options = new FenceProducersOptions();
      options.timeoutMs(timeoutMs);
      Answers.await(admin.fenceProducers(List.of(id), options).all());
    } catch (KafkaException e) {
      throw TransactionException.of(
          "transaction '" + id + "' cannot be aborted",
          Permission.transactionalId(AclOperation.WRITE, id),
          e);
    }
  }

  private AbortOutcome.Aborted released(Transaction aborted, Deadline deadline)
      throws TransactionException, InterruptedException {
    Map<TopicPartition, LsoStatus> before =
        aborted.partitions().stream().collect(Collectors.toMap(LsoStatus::partition, hold -> hold));
    while (true) {
      List<LsoStatus> holds = transactions.holds(before.keySet(), aborted.producerId());
      boolean released =
          holds.stream().allMatch(hold -> isPassed(hold, before.get(hold.partition()), aborted));
      if (released || deadline.isOver()) {
        return new AbortOutcome.Aborted(holds, released);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static boolean isPassed(LsoStatus now, LsoStatus before, Transaction aborted) {
    // The transaction's start, or, without READ on the topic, the readers' position.
    Long from = before.start();
    if (from == null && before.unknown() != null) {
      from = before.lastStableOffset();
    }
    if (from == null) {
      return true;
    }
    boolean heldByAnother = now.blockingTransaction() != null && !now.isHeldBy(aborted);
    Long lastStableOffset = now.lastStableOffset();
    return now.start() == null
        && (heldByAnother || (lastStableOffset != null && lastStableOffset > from));
  }
}
