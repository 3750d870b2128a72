package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.decisions;
import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigLog.FIRST_ID;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One dead letter of each refused key config, by the position of their partition. */
class RefusedKeyConfigsTest {
  private final KeyConfigLog log = new KeyConfigLog();

  @AfterEach
  void close() {
    log.close();
  }

  private ExportFunction following() {
    return function().following(log.source(), Duration.ZERO);
  }

  /** The only instance of a job whose group stands there. */
  private ExportInstance startAt(long position) throws Exception {
    return ExportInstance.start(following()).toldStart(position);
  }

  @Test
  void aRefusedKeyConfigLeavesWithNoEventAtAllAndWhatWasInForceStays() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = startAt(0)) {
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
    try (ExportInstance instance = startAt(0)) {
      log.publishInvalid("user");
      log.publishInvalid("item");

      List<Decision> emitted = instance.process(ExportInstance.vector("user", 1));
      assertThat(places(emitted))
          .containsExactly("key-configs-0@1", "key-configs-0@2", "events-0@0");
      assertThat(emitted.get(2).outcome()).isInstanceOf(Exported.class);
    }
  }

  @Test
  void thePositionFollowsTheLettersInTheSameTransaction() throws Exception {
    try (ExportInstance instance = startAt(0)) {
      log.publishInvalid("user");
      log.publishInvalid("item");

      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "letter key-configs-0@1", "position 2");
    }
  }

  @Test
  void aKeyConfigInForceNeedsNoLetterAndThePositionPassesIt() throws Exception {
    try (ExportInstance instance = startAt(0)) {
      log.publish(vector("user", 1));
      assertThat(shown(instance.outputsBeforeBarrier())).containsExactly("position 1");

      log.retire("user");
      assertThat(shown(instance.outputs(ExportInstance.vector("user", 0))))
          .containsExactly("position 2", "letter events-0@0");
      assertThat(instance.outputsBeforeBarrier()).as("nothing has come since").isEmpty();
    }
  }

  @Test
  void givenNoStartOfThePartitionYetThenLettersWaitForItAndEventsDoNot() throws Exception {
    log.publish(vector("user", 1));
    log.publishInvalid("user");
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.outputsBeforeBarrier()).isEmpty();
      assertThat(instance.version("user")).isEqualTo(1);
      log.publishInvalid("item");
      assertThat(instance.outputsBeforeBarrier()).isEmpty();

      instance.outputs(new PartitionStart("events", 0, "id", 0, "marker"));
      assertThat(instance.outputsBeforeBarrier()).as("that was another partition").isEmpty();

      instance.toldStart(0);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@1", "letter key-configs-0@2", "position 3");
    }
  }

  @Test
  void messagesBeforeTheStartHaveHadTheirLetters() throws Exception {
    log.publishInvalid("user");
    log.publish(vector("user", 1));
    log.publishInvalid("item");
    log.publishInvalid("ad");
    try (ExportInstance instance = startAt(3)) {
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@3", "position 4");
    }
    try (ExportInstance instance = startAt(4)) {
      assertThat(instance.outputsBeforeBarrier()).isEmpty();
      assertThat(instance.version("user")).as("it is in force all the same").isEqualTo(1);
    }
  }

  @Test
  void aStartIsPassedOnAfterNothingAndAProgressUnchanged() throws Exception {
    try (ExportInstance instance = ExportInstance.start(following())) {
      PartitionStart start = new PartitionStart("events", 3, "id", 12, "m");
      PartitionProgress progress = new PartitionProgress("events", 3, 14);
      assertThat(instance.outputs(start)).containsExactly(start);
      assertThat(instance.outputs(progress)).containsExactly(progress);
    }
  }

  @Test
  void onlyTheFirstInstanceMakesALetterAndEveryoneCounts() throws Exception {
    log.publishInvalid("user");
    try (ExportInstance first = ExportInstance.start(following(), 3, 0).toldStart(0);
        ExportInstance last = ExportInstance.start(following(), 3, 2).toldStart(0)) {
      log.publishInvalid("user");
      assertThat(first.beforeBarrier()).hasSize(2);
      assertThat(last.outputsBeforeBarrier()).isEmpty();
      assertThat(last.endInput()).isEmpty();
      assertThat(last.metrics().count("keyConfigUpdatesRefused")).isEqualTo(2);
    }
  }

  @Test
  void givenARestartThenWhatWasNotCommittedIsLetteredAgainWhateverTheState() throws Exception {
    log.publishInvalid("user");
    log.publishInvalid("item");
    try (ExportInstance instance = startAt(0)) {
      assertThat(instance.beforeBarrier()).hasSize(2);
      var state = instance.snapshot();
      for (long committed : new long[] {0, 2}) {
        try (ExportInstance restored =
            ExportInstance.restore(following(), state).toldStart(committed)) {
          assertThat(restored.beforeBarrier()).hasSize((int) (2 - committed));
        }
      }
    }
  }

  @Test
  void givenATopicCreatedAnewThenItsMessagesAreNewAlthoughTheirOffsetsAreNot() throws Exception {
    try (ExportInstance instance = startAt(0)) {
      for (int i = 0; i < 5; i++) {
        log.publishInvalid("user");
      }
      assertThat(instance.beforeBarrier()).hasSize(5);

      String anew = log.createAnew();
      log.publishInvalid("user");
      log.publish(vector("item", 1));
      log.publishInvalid("item");
      assertThat(instance.outputsBeforeBarrier()).as("its start has not come").isEmpty();
      assertThat(instance.outputs(ExportInstance.start(anew, 0))).hasSize(1);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "letter key-configs-0@2", "position 3");

      log.publishInvalid("ad");
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@3", "position 4");
    }
  }

  /** A topic that is read again comes compacted: what cannot be read first, then by model. */
  @Test
  void givenATopicThatIsReadAgainOutOfOrderThenThePositionIsBehindAllOfIt() throws Exception {
    ScriptedSource source = new ScriptedSource();
    try (ExportInstance instance = following(source, 3)) {
      source.add(FIRST_ID, 7, 4, 1, 5);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly(
              "letter key-configs-0@7",
              "letter key-configs-0@4",
              "letter key-configs-0@5",
              "position 8");

      source.add(FIRST_ID, 7, 4, 1, 5);
      assertThat(instance.outputsBeforeBarrier()).as("the same once more").isEmpty();
    }
  }

  @Test
  void givenARestartAfterATopicWasCreatedAnewThenNothingIsLetteredTwice() throws Exception {
    ScriptedSource source = new ScriptedSource();
    try (ExportInstance instance = following(source, 0)) {
      source.add(FIRST_ID, 0);
      source.add("id-2", 0, 1);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "position 1");
      assertThat(instance.outputs(ExportInstance.start("id-2", 0))).hasSize(1);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "letter key-configs-0@1", "position 2");
    }
    ScriptedSource again = new ScriptedSource();
    try (ExportInstance restarted =
        ExportInstance.start(function().following(again, Duration.ZERO))) {
      again.add("id-2", 0, 1, 2);
      assertThat(restarted.outputs(ExportInstance.start("id-2", 2))).hasSize(1);
      assertThat(shown(restarted.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@2", "position 3");
    }
  }

  @Test
  void givenMessagesOfTheTopicBeforeThenTheirLettersLeaveAheadOfTheNewStart() throws Exception {
    ScriptedSource source = new ScriptedSource();
    try (ExportInstance instance = following(source, 0)) {
      source.add(FIRST_ID, 0, 1);

      List<Output> outputs = instance.outputs(ExportInstance.start("id-2", 0));

      assertThat(shown(outputs.subList(0, 3)))
          .containsExactly("letter key-configs-0@0", "letter key-configs-0@1", "position 2");
      assertThat(outputs.get(3)).isEqualTo(ExportInstance.start("id-2", 0));
    }
  }

  @Test
  void givenATopicThatCameAndWentBetweenTwoStartsThenItsLettersLeaveAndMoveNoPosition()
      throws Exception {
    ScriptedSource source = new ScriptedSource();
    try (ExportInstance instance = following(source, 5)) {
      source.add("id-2", 0);
      assertThat(instance.outputsBeforeBarrier()).isEmpty();

      source.add("id-3", 0);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "position 5");

      assertThat(instance.outputs(ExportInstance.start("id-3", 0))).hasSize(1);
      assertThat(shown(instance.outputsBeforeBarrier()))
          .containsExactly("letter key-configs-0@0", "position 1");
    }
  }

  private static ExportInstance following(ScriptedSource source, long position) throws Exception {
    return ExportInstance.start(function().following(source, Duration.ZERO)).toldStart(position);
  }

  @Test
  void atTheEndOfABoundedInputWhatIsDueLeavesAndAfterItNothing() throws Exception {
    try (ExportInstance instance = startAt(0)) {
      log.publishInvalid("user");
      assertThat(shown(instance.endInput()))
          .containsExactly("letter key-configs-0@0", "position 1");

      log.publishInvalid("item");
      assertThat(instance.outputsBeforeBarrier()).as("the sink fails on it").isEmpty();
    }
    try (ExportInstance restarted = startAt(1)) {
      assertThat(places(restarted.beforeBarrier())).containsExactly("key-configs-0@1");
    }
  }

  @Test
  void asAFlatMapItLettersWithTheNextEventAndOnceMoreAfterEachStart() throws Exception {
    log.publish(vector("user", 1));
    log.publishInvalid("user");
    for (int start = 0; start < 2; start++) {
      try (OneInputStreamOperatorTestHarness<Envelope, Decision> harness =
          new OneInputStreamOperatorTestHarness<>(
              new StreamFlatMap<>(InstantiationUtil.clone(following())))) {
        harness.setup(DecisionTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
        harness.open();
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.processElement(ExportInstance.vector("user", 1), 0);
        harness.processElement(ExportInstance.vector("user", 1), 0);

        assertThat(places(harness.extractOutputValues()))
            .containsExactly("key-configs-0@1", "events-0@0", "events-0@0");
      }
    }
  }

  private static List<String> places(List<Decision> decisions) {
    return decisions.stream().map(decision -> decision.input().toString()).toList();
  }

  /** Letters by where they stand, and positions by where they stand now. */
  private static List<String> shown(List<Output> outputs) {
    assertThat(decisions(outputs)).hasSizeLessThanOrEqualTo(outputs.size());
    return outputs.stream()
        .map(
            output ->
                output instanceof Decision decision
                    ? "letter " + decision.input()
                    : "position " + ((PartitionProgress) output).next())
        .toList();
  }

  /** One feed of refused messages of the log's partition, in any order. */
  private static final class ScriptedSource implements KeyConfigSource {
    private static final long serialVersionUID = 1;

    /** The operator has a copy of the source. */
    private static InMemoryFeed feed = new InMemoryFeed(closed -> {});

    ScriptedSource() {
      feed = new InMemoryFeed(closed -> {});
    }

    void add(String topicId, long... offsets) {
      for (long offset : offsets) {
        feed.add(
            ReceivedKeyConfig.of(
                new Envelope(null, null, Envelope.NO_HEADERS, 0, KeyConfigLog.TOPIC, 0, offset),
                topicId));
      }
    }

    @Override
    public KeyConfigFeed open(int subtask) {
      return feed;
    }
  }
}
