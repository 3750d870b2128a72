package io.embeddingexport.kafka.transactions;

import io.embeddingexport.kafka.admin.Answers;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * The coordinators' descriptions of transactional ids, requested together.
 *
 * @param answers for the ids asked for
 */
public record TransactionDescriptions(DescribeTransactionsResult answers) {

  /** Requests them; does not wait. Uses the client's own timeout. */
  public static TransactionDescriptions ask(Admin admin, Collection<String> ids) {
    return new TransactionDescriptions(admin.describeTransactions(ids));
  }

  /** Same as {@link #ask(Admin, Collection)}, with a timeout of its own. */
  public static TransactionDescriptions ask(Admin admin, Collection<String> ids, int timeoutMs) {
    return new TransactionDescriptions(
        admin.describeTransactions(ids, new DescribeTransactionsOptions().timeoutMs(timeoutMs)));
  }

  /**
   * The description of an id; empty if no coordinator knows it, so that nothing is open under it.
   *
   * @throws KafkaException if a broker does not answer or refuses
   */
  public Optional<TransactionDescription> of(String id) throws InterruptedException {
    try {
      return Optional.of(Answers.await(answers.description(id)));
    } catch (TransactionalIdNotFoundException e) {
      return Optional.empty();
    }
  }
}
