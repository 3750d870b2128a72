package io.embeddingexport.kafka.transactions;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The transactional ids of one job's sink: {@code prefix-subtask-number}. The whole id must have
 * that form, so prefix {@code a} matches none of the ids of prefix {@code ab} or {@code a-b}.
 *
 * @param prefix as in {@code output.transactional-id-prefix}
 */
public record JobTransactions(String prefix) implements Predicate<String> {
  private static final Pattern SUBTASK_AND_NUMBER = Pattern.compile("-\\d+-\\d+");

  @Override
  public boolean test(String transactionalId) {
    return transactionalId.startsWith(prefix)
        && SUBTASK_AND_NUMBER
            .matcher(transactionalId)
            .region(prefix.length(), transactionalId.length())
            .matches();
  }
}
