package io.embeddingexport.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.chaos.cluster.SubmittedJob.Status;
import org.junit.jupiter.api.Test;

class JobTallyTest {
  private final JobTally tally = new JobTally();

  @Test
  void countsOnAfterATakeoverAndAfterASubmission() {
    see("a", 0, 3);
    see("a", 2, 5);
    see("a", 0, 1); // another JobManager leads
    see("a", 1, 1);
    see("b", 1, 4);
    see("b", 1, 4);
    assertThat(tally.restarts()).isEqualTo(2 + 1 + 1);
    assertThat(tally.checkpoints()).isEqualTo(5 + 1 + 4);
  }

  private void see(String id, int restarts, long checkpoints) {
    tally.add(new Status(id, "RUNNING", true, restarts, checkpoints, null, null));
  }
}
