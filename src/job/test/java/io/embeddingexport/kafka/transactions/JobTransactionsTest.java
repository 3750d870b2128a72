package io.embeddingexport.kafka.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.connector.kafka.sink.internal.TransactionalIdFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTransactionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "embedding-export.", "a-1", "(.*", ""})
  void idsThatTheConnectorMakesOfThePrefixAreTheJobs(String prefix) {
    String id = TransactionalIdFactory.buildTransactionalId(prefix, 12, 34567890123L);

    assertThat(new JobTransactions(prefix)).accepts(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab-0-1", "a-1-0-1", "a-b-0-1", "a.-0-1", "a", "a-0", "a-0-1x", "A-0-1"})
  void idsOfOtherPrefixesAreNot(String id) {
    assertThat(new JobTransactions("a")).rejects(id);
  }

  @Test
  void anIdIsThatOfTheLongestReadingOnly() {
    assertThat(new JobTransactions("a-1")).accepts("a-1-0-1");
    assertThat(new JobTransactions("a")).rejects("a-1-0-1");
  }
}
