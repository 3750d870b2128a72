package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;

class NewerCommitsTest {
  private final Map<String, TransactionState> coordinators = new HashMap<>();

  @Test
  void whatIsCommittedUpToTheCheckpointIsNotNewer() throws Exception {
    put(0, 1, 17, TransactionState.COMPLETE_COMMIT);
    put(0, 18, 18, TransactionState.COMPLETE_ABORT);
    put(0, 19, 19, TransactionState.EMPTY);
    put(0, 20, 20, TransactionState.ONGOING);

    assertThat(first(17, 0, 1)).isNull();
    assertThat(first(16, 0, 1)).isEqualTo("job.-0-17");
  }

  @Test
  void aCommitThatIsDecidedAndNotYetCompleteCounts() throws Exception {
    put(0, 18, 18, TransactionState.PREPARE_COMMIT);
    assertThat(first(17, 0, 1)).isEqualTo("job.-0-18");
  }

  /** An instance without records commits nothing at a checkpoint, and its id stays empty. */
  @Test
  void manyEmptyTransactionsDoNotHideACommitBehindThem() throws Exception {
    put(0, 18, 217, TransactionState.EMPTY);
    put(0, 218, 218, TransactionState.COMPLETE_COMMIT);
    assertThat(first(17, 0, 1)).isEqualTo("job.-0-218");
  }

  @Test
  void afterADownscaleTheInstancesShareTheIdsOfThoseThatAreNoMore() throws Exception {
    for (int subtask = 0; subtask < 4; subtask++) {
      put(subtask, 18, 18, TransactionState.EMPTY);
    }
    put(3, 18, 18, TransactionState.COMPLETE_COMMIT);

    assertThat(first(17, 1, 2)).isEqualTo("job.-3-18");
    assertThat(first(17, 0, 2)).isNull();
  }

  @Test
  void otherJobsIdsAreNotAskedAfter() throws Exception {
    coordinators.put("job.-0-1-18", TransactionState.COMPLETE_COMMIT);
    coordinators.put("job.two-0-18", TransactionState.COMPLETE_COMMIT);
    assertThat(first(17, 0, 1)).isNull();
  }

  private void put(int subtask, long from, long to, TransactionState state) {
    for (long checkpoint = from; checkpoint <= to; checkpoint++) {
      coordinators.put("job.-" + subtask + "-" + checkpoint, state);
    }
  }

  private String first(long checkpoint, int subtask, int instances) throws InterruptedException {
    return new NewerCommits("job.", this::known).first(checkpoint, subtask, instances);
  }

  private Map<String, TransactionState> known(List<String> ids) {
    Map<String, TransactionState> states = new HashMap<>(coordinators);
    states.keySet().retainAll(ids);
    return states;
  }
}
