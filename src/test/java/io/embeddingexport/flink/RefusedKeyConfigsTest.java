package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One dead letter of each refused key config. */
class RefusedKeyConfigsTest {
  private final KeyConfigLog log = new KeyConfigLog();

  @AfterEach
  void close() {
    log.close();
  }

  private ExportFunction following() {
    return function().following(log.source(), Duration.ZERO);
  }

  private ExportInstance restore(OperatorSubtaskState state) throws Exception {
    return ExportInstance.restore(following(), state);
  }

  @Test
  void aRefusedKeyConfigLeavesWithNoEventAtAllAndWhatWasInForceStays() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = ExportInstance.start(following())) {
      byte[] value = "{\"model\":\"user\",\"version\":2}".getBytes(UTF_8);
      log.send("user".getBytes(UTF_8), value);

      assertThat(instance.beforeBarrier())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.input().key()).isEqualTo("user".getBytes(UTF_8));
                assertThat(letter.input().value()).isEqualTo(value);
                assertThat(letter.input().toString()).isEqualTo("key-configs-0@1");
                Rejected rejected = (Rejected) letter.outcome();
                assertThat(rejected.reason()).isEqualTo(RejectReason.KEY_CONFIG_REFUSED);
                assertThat(rejected.model()).isEqualTo("user");
                assertThat(rejected.detail()).startsWith("key-configs-0@1: ").contains("keys");
              });
      assertThat(instance.beforeBarrier()).isEmpty();
      assertThat(instance.version("user")).isEqualTo(1);
      assertThat(instance.metrics().count("keyConfigUpdatesRefused")).isEqualTo(1);
      assertThat(instance.metrics().count("rejects")).isZero();
    }
  }

  @Test
  void theLetterComesBeforeTheNextDecision() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = ExportInstance.start(following())) {
      log.publishInvalid("user");
      log.publishInvalid("item");

      List<Decision> emitted = instance.process(ExportInstance.vector("user", 1));
      assertThat(positions(emitted))
          .containsExactly("key-configs-0@1", "key-configs-0@2", "events-0@0");
      assertThat(emitted.get(2).outcome()).isInstanceOf(Exported.class);
    }
  }

  @Test
  void onlyTheFirstInstanceMakesALetterAndEveryoneCounts() throws Exception {
    log.publishInvalid("user");
    try (ExportInstance first = ExportInstance.start(following(), 3, 0);
        ExportInstance last = ExportInstance.start(following(), 3, 2)) {
      log.publishInvalid("user");
      assertThat(first.beforeBarrier()).hasSize(2);
      assertThat(last.beforeBarrier()).isEmpty();
      assertThat(last.endInput()).isEmpty();
      assertThat(last.metrics().count("keyConfigUpdatesRefused")).isEqualTo(2);
    }
  }

  @Test
  void givenARestartThenWhatWasEmittedBeforeTheBarrierIsNotEmittedAgain() throws Exception {
    log.publishInvalid("user");
    log.publishInvalid("item");
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.beforeBarrier()).hasSize(2);
      state = instance.snapshot();
      log.publishInvalid("ad");
      assertThat(positions(instance.beforeBarrier())).containsExactly("key-configs-0@2");
    }

    for (int restart = 0; restart < 2; restart++) {
      try (ExportInstance restored = restore(state)) {
        assertThat(positions(restored.beforeBarrier()))
            .as("the transaction of the third was aborted")
            .containsExactly("key-configs-0@2");
      }
    }
    try (ExportInstance restored = restore(state)) {
      restored.beforeBarrier();
      state = restored.snapshot();
    }
    try (ExportInstance restored = restore(state)) {
      assertThat(restored.beforeBarrier()).isEmpty();
    }
  }

  @Test
  void givenALetterStillDueAtASnapshotThenItIsEmittedAfterTheRestart() throws Exception {
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      log.publishInvalid("user");
      // A plain flat map may not emit before a barrier.
      state = instance.snapshot();
    }
    try (ExportInstance restored = restore(state)) {
      assertThat(restored.beforeBarrier()).hasSize(1);
    }
  }

  @Test
  void givenATopicCreatedAnewThenItsMessagesAreNewAlthoughTheirOffsetsAreNot() throws Exception {
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      for (int i = 0; i < 5; i++) {
        log.publishInvalid("user");
      }
      assertThat(instance.beforeBarrier()).hasSize(5);
      state = instance.snapshot();
    }

    log.createAnew();
    log.publishInvalid("user");
    log.publishInvalid("item");
    try (ExportInstance restored = restore(state)) {
      assertThat(positions(restored.beforeBarrier()))
          .containsExactly("key-configs-0@0", "key-configs-0@1");
      state = restored.snapshot();
    }
    try (ExportInstance restored = restore(state)) {
      assertThat(restored.beforeBarrier()).isEmpty();
      log.publishInvalid("ad");
      assertThat(positions(restored.beforeBarrier())).containsExactly("key-configs-0@2");
    }
  }

  @Test
  void givenProducersWhoseClocksDifferThenNoMessageIsLetteredTwice() throws Exception {
    KeyConfigSource source = new Unordered();
    OperatorSubtaskState state;
    try (ExportInstance instance =
        ExportInstance.start(function().following(source, Duration.ZERO))) {
      assertThat(instance.beforeBarrier()).hasSize(3);
      state = instance.snapshot();
    }
    try (ExportInstance restored =
        ExportInstance.restore(function().following(source, Duration.ZERO), state)) {
      assertThat(restored.beforeBarrier()).isEmpty();
    }
  }

  @Test
  void atTheEndOfABoundedInputWhatIsDueLeavesAndAfterItNothing() throws Exception {
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      log.publishInvalid("user");
      assertThat(positions(instance.endInput())).containsExactly("key-configs-0@0");

      log.publishInvalid("item");
      assertThat(instance.beforeBarrier()).as("the sink fails on it").isEmpty();
      state = instance.snapshot();
    }
    try (ExportInstance restored = restore(state)) {
      assertThat(positions(restored.beforeBarrier())).containsExactly("key-configs-0@1");
    }
  }

  @Test
  void givenAJobWithoutATopicInBetweenThenNoLetterIsRepeated() throws Exception {
    log.publishInvalid("user");
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.beforeBarrier()).hasSize(1);
      state = instance.snapshot();
    }
    try (ExportInstance withoutTopic = ExportInstance.restore(function(), state)) {
      state = withoutTopic.snapshot();
    }
    try (ExportInstance restored = restore(state)) {
      assertThat(restored.beforeBarrier()).isEmpty();
    }
  }

  private static List<String> positions(List<Decision> decisions) {
    return decisions.stream().map(decision -> decision.input().toString()).toList();
  }

  /** Three refused messages, in the order of their offsets, whose timestamps fall and rise. */
  private static final class Unordered implements KeyConfigSource {
    private static final long serialVersionUID = 1;

    @Override
    public KeyConfigFeed open(int subtask) {
      InMemoryFeed feed = new InMemoryFeed(closed -> {});
      long[] timestamps = {50, 90, 70};
      for (int offset = 0; offset < timestamps.length; offset++) {
        feed.add(
            ReceivedKeyConfig.of(
                new Envelope(null, null, Header.NONE, timestamps[offset], "k", 0, offset)));
      }
      return feed;
    }
  }
}
