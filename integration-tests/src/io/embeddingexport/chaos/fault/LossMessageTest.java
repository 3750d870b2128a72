package io.embeddingexport.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.chaos.fault.LossMessage.Range;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossMessageTest {
  private static final String OF_TWO =
      """
      1 transaction was not committed. What it held is lost:
        chaos.-0-17, prepared 2026-11-24T04:20:08Z (14m ago; the transaction timeout is 600 s): aborted: the coordinator says CompleteAbort, producer 187 epoch 1
          events partition 0 offsets 1000 to 1999 (998 messages)
          events partition 2 offsets 7 to 7 (1 message)
      To write it again: bin/embedding-export run --config FILE --set input.group-id=replay --set output.transactional-id-prefix=chaos.replay. --from offset:events:0=1000,events:2=7,*=0 --until offset:events:0=2000,events:2=8,*=0
      To go on without it: start from the same checkpoint or savepoint with --set restore.accept-loss=true, and take that away afterwards.
      This is what instance 1 of 2 found; there may be more. Started from there with parallelism 1, and without that option, the job fails again and names all.
      docs/guarantees.md, 'When a commit is lost', has all of it.
      """;

  private static final String OF_ONE =
      OF_TWO
          .lines()
          .filter(line -> !line.startsWith("This is what"))
          .reduce("", (a, b) -> a + b + "\n");

  @Test
  void aMessageNamesRangesAndTheReplay() {
    LossMessage loss =
        new LossMessage(
            List.of(new Range("events", 0, 1000, 1999, 998), new Range("events", 2, 7, 7, 1)),
            List.of(
                Map.of(
                    "input.group-id", "replay",
                    "output.transactional-id-prefix", "chaos.replay.",
                    "input.from", "offset:events:0=1000,events:2=7,*=0",
                    "input.until", "offset:events:0=2000,events:2=8,*=0")),
            1,
            2,
            false);
    assertThat(LossMessage.in(OF_TWO)).containsExactly(loss);
    assertThat(loss.messages()).isEqualTo(999);
    assertThat(loss.isAll()).isFalse();
  }

  @Test
  void aMessageThatDoesNotSpeakOfMoreIsAll() {
    assertThat(LossMessage.in(OF_ONE)).singleElement().matches(LossMessage::isAll);
  }

  @Test
  void theSameMessageInATraceAndItsCauseIsOne() {
    String other = OF_TWO.replace("instance 1", "instance 2");
    String log =
        "ERROR CheckedCommitter - "
            + OF_TWO
            + "INFO\nCaused by: LostCommitException: "
            + OF_TWO
            + "\tat x\n"
            + other;
    assertThat(LossMessage.in(log)).extracting(LossMessage::instance).containsExactly(1, 2);
  }

  @Test
  void anotherFailureIsNone() {
    assertThat(LossMessage.in("java.lang.IllegalStateException: no broker")).isEmpty();
  }

  @Test
  void aCommandNobodyUnderstandsIsNotRun() {
    String text = OF_ONE.replace("--until", "--bis");
    assertThatThrownBy(() -> LossMessage.in(text)).hasMessageContaining("--bis");
  }
}
