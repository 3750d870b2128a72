package io.embeddingexport.kafka.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final String RUN =
      "bin/embedding-export run --config FILE --set input.group-id=replay"
          + " --set output.transactional-id-prefix=job.replay. ";

  @Test
  void nothingLostTakesNoRun() {
    assertThat(commands()).isEmpty();
  }

  @Test
  void oneRunReadsOneRangeOfEachPartition() {
    assertThat(commands(range(1, 7, 9), range(0, 10, 19)))
        .containsExactly(
            RUN
                + "--from offset:events:0=10,events:1=7,*=0"
                + " --until offset:events:0=20,events:1=10,*=0");
  }

  @Test
  void rangesThatFollowOnEachOtherAreOne() {
    assertThat(commands(range(0, 20, 29), range(0, 10, 19), range(0, 30, 30)))
        .containsExactly(RUN + "--from offset:events:0=10,*=0 --until offset:events:0=31,*=0");
  }

  /** What is between them was committed; to read it too would double it. */
  @Test
  void rangesWithSomethingBetweenThemTakeARunEach() {
    assertThat(commands(range(0, 30, 39), range(1, 5, 5), range(0, 10, 19)))
        .containsExactly(
            RUN
                + "--from offset:events:0=10,events:1=5,*=0"
                + " --until offset:events:0=20,events:1=6,*=0",
            RUN + "--from offset:events:0=30,*=0 --until offset:events:0=40,*=0");
  }

  private static SourceRange range(int partition, long first, long last) {
    return new SourceRange("events", partition, first, last, last - first + 1);
  }

  private static List<String> commands(SourceRange... lost) {
    return new Replay("job.", List.of(lost)).commands();
  }
}
