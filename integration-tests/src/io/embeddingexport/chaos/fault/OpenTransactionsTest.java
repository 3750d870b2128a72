package io.embeddingexport.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {
  @Test
  void ofEachInstanceAllButTheNewestArePrepared() {
    assertThat(
            OpenTransactions.prepared(
                Set.of("job.-0-9", "job.-0-10", "job.-1-10", "job.-2-8", "job.-2-9", "job.-2-11")))
        .containsExactlyInAnyOrder("job.-0-9", "job.-2-8", "job.-2-9");
  }
}
