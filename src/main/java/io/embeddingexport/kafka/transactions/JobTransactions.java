package io.embeddingexport.kafka.transactions;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The transactional ids of one job's sink: {@code prefix-subtask-checkpoint}, as the connector's
 * {@code TransactionalIdFactory} makes them, with either naming strategy. The whole id must have
 * that form, so that prefix {@code a} takes none of the ids of prefix {@code ab} or {@code a-b}.
 *
 * @param prefix as in {@code output.transactional-id-prefix}
 */
public record JobTransactions(String prefix) implements Predicate<String> {
  private static final Pattern SUBTASK_AND_CHECKPOINT = Pattern.compile("-\\d+-\\d+");

  @Override
  public boolean test(String transactionalId) {
    return transactionalId.startsWith(prefix)
        && SUBTASK_AND_CHECKPOINT
            .matcher(transactionalId)
            .region(prefix.length(), transactionalId.length())
            .matches();
  }
}
