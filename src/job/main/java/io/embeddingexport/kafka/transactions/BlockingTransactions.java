package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.admin.Answers;
import io.embeddingexport.kafka.transactions.PartitionReader.PartitionState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Finds the transaction that holds back {@code read_committed} consumers of a partition. */
public final class BlockingTransactions {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * Its transactional id and producer id as text for people, or why they are unknown. Needs READ on
   * the topic, and DESCRIBE on the transactional id.
   *
   * @param admin the caller closes it
   */
  public static String describe(Admin admin, TopicPartition partition) throws InterruptedException {
    int timeoutMs = Math.toIntExact(TIMEOUT.toMillis());
    PartitionState state =
        new PartitionReader(admin, timeoutMs).read(List.of(partition)).get(partition);
    Long producer = state.holder();
    if (producer == null) {
      return "an unknown transaction"
          + (state.unknown() == null ? "" : " (" + state.unknown() + ")");
    }
    return "the transaction of " + ids(admin, producer, timeoutMs) + "producer id " + producer;
  }

  private static String ids(Admin admin, long producer, int timeoutMs) throws InterruptedException {
    ListTransactionsOptions options =
        new ListTransactionsOptions().filterProducerIds(Set.of(producer)).timeoutMs(timeoutMs);
    try {
      Set<String> ids =
          Answers.await(admin.listTransactions(options).all()).stream()
              .map(TransactionListing::transactionalId)
              .collect(Collectors.toSet());
      return ids.isEmpty() ? "" : "transactional id " + String.join(", ", ids) + ", ";
    } catch (KafkaException e) {
      return "";
    }
  }

  private BlockingTransactions() {}
}
