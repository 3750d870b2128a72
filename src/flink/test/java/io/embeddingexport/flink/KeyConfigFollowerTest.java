package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.ThriftSamples;
import io.embeddingexport.keys.KeyConfig;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Key configs that change while an instance runs. */
class KeyConfigFollowerTest {
  private final KeyConfigLog log = new KeyConfigLog();
  private final LoggedWarnings warnings = new LoggedWarnings(CheckpointedKeyConfigs.class);

  @AfterEach
  void close() {
    warnings.close();
    log.close();
  }

  private ExportFunction following(KeyConfig... files) {
    return function(files).following(log.source(), Duration.ZERO);
  }

  @Test
  void whatWasPublishedBeforeTheStartIsInForceForTheFirstEvent() throws Exception {
    log.publish(vector("user", 1));
    log.publish(vector("user", 2));
    log.publish(vector("item", 5));

    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.version("user")).isEqualTo(2);
      assertThat(instance.version("item")).isEqualTo(5);
      assertThat(instance.metrics().gauge("keyConfigsInForce")).isEqualTo(2);
      assertThat(instance.metrics().gauge("keyConfigHighestVersion")).isEqualTo(5L);
    }
  }

  @Test
  void anUpdateBetweenTwoEventsIsInForceForTheSecond() throws Exception {
    log.publish(vector("user", 1, 70));
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.metrics().gauge("keyConfigLastUpdateAgeMillis").longValue())
          .isNotNegative();
      assertThat(record(instance, "user")).isEqualTo(record(70));

      log.publish(vector("user", 2, 71));

      assertThat(record(instance, "user")).isEqualTo(record(71));
      assertThat(instance.version("user")).isEqualTo(2);
      assertThat(instance.metrics().count("keyConfigUpdatesApplied")).isEqualTo(2);
    }
  }

  @Test
  void anUpdateIsInForceAndInTheStateBeforeABarrierWithNoEvent() throws Exception {
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.metrics().gauge("keyConfigLastUpdateAgeMillis")).isEqualTo(-1L);
      log.publish(vector("user", 3));
      assertThat(instance.beforeBarrier()).isEmpty();
      state = instance.snapshot();
    }
    try (ExportInstance restored = ExportInstance.restore(function(), state)) {
      assertThat(restored.version("user")).isEqualTo(3);
    }
  }

  @Test
  void anOlderOrOtherVersionIsIgnoredAndCountedAndLoggedAndTheSameOneIsNot() throws Exception {
    log.publish(vector("user", 4, 70));
    try (ExportInstance instance = ExportInstance.start(following())) {
      log.publish(vector("user", 4, 70));
      assertThat(instance.version("user")).isEqualTo(4);
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isZero();

      log.publish(vector("user", 3, 71));
      assertThat(record(instance, "user")).isEqualTo(record(70));
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isEqualTo(1);

      log.publish(vector("user", 4, 72));
      assertThat(record(instance, "user")).isEqualTo(record(70));
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isEqualTo(2);
      assertThat(instance.metrics().count("keyConfigUpdatesApplied")).isEqualTo(1);
    }
    assertThat(warnings.messages())
        .satisfiesExactly(
            older ->
                assertThat(older)
                    .contains("model user", "version 3", "key-configs-0@2", "not greater than 4"),
            other ->
                assertThat(other)
                    .contains("model user", "version 4", "key-configs-0@3", "differs"));
  }

  @Test
  void aRetiredModelIsRejectedUntilAGreaterVersionBringsItBack() throws Exception {
    log.publish(vector("user", 4));
    try (ExportInstance instance = ExportInstance.start(following())) {
      log.retire("user");
      assertRetired(instance.decideVector("user"), 4);
      assertThat(instance.metrics().gauge("keyConfigsInForce")).isEqualTo(0);

      log.publish(vector("user", 4));
      log.publish(vector("user", 3));
      log.retire("user");
      assertRetired(instance.decideVector("user"), 4);

      log.publish(vector("user", 5));
      assertThat(instance.version("user")).isEqualTo(5);
      assertThat(instance.metrics().gauge("keyConfigsInForce")).isEqualTo(1);
    }
    assertThat(warnings.messages()).hasSize(2).allMatch(line -> line.contains("retired"));
  }

  @Test
  void aModelThatIsRetiredWithoutEverHavingHadAKeyConfigIsRetired() throws Exception {
    log.retire("user");
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertRetired(instance.decideVector("user"), 0);
      log.publish(vector("user", 1));
      assertThat(instance.version("user")).isEqualTo(1);
    }
  }

  @Test
  void retirementSurvivesARestartWithAnEmptyTopicAndTheOldFile() throws Exception {
    log.publish(vector("user", 4));
    log.retire("user");
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      state = instance.snapshot();
    }

    log.createAnew();
    try (ExportInstance instance = ExportInstance.restore(following(vector("user", 4)), state)) {
      assertRetired(instance.decideVector("user"), 4);
    }
  }

  @Test
  void givenARestartThenWhatTheTopicSaysOnceMoreIsNeitherCountedNorLogged() throws Exception {
    log.publish(vector("user", 3));
    log.publish(vector("user", 4));
    log.publish(vector("item", 1));
    log.retire("user");
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      state = instance.snapshot();
    }

    try (ExportInstance restored = ExportInstance.restore(following(), state)) {
      assertRetired(restored.decideVector("user"), 4);
      assertThat(restored.metrics().count("keyConfigUpdatesIgnored")).isZero();
      assertThat(restored.metrics().count("keyConfigUpdatesApplied")).isZero();
      assertThat(restored.metrics().gauge("keyConfigHighestVersion")).isEqualTo(4L);
    }
    assertThat(warnings.messages()).isEmpty();
  }

  @Test
  void ofAFileAndTheTopicTheGreaterVersionIsInForce() throws Exception {
    log.publish(vector("user", 2));
    log.publish(vector("item", 2));
    try (ExportInstance instance =
        ExportInstance.start(following(vector("user", 1), vector("item", 3), vector("ad", 1)))) {
      assertThat(instance.version("user")).isEqualTo(2);
      assertThat(instance.version("item")).isEqualTo(3);
      assertThat(instance.version("ad")).isEqualTo(1);
    }
  }

  @Test
  void aTopicThatIsCreatedAnewTakesNothingBack() throws Exception {
    log.publish(vector("user", 5));
    log.publish(vector("item", 1));
    OperatorSubtaskState state;
    try (ExportInstance instance = ExportInstance.start(following())) {
      state = instance.snapshot();
    }

    log.createAnew();
    log.publish(vector("user", 1));
    try (ExportInstance instance = ExportInstance.restore(following(), state)) {
      assertThat(instance.version("user")).isEqualTo(5);
      assertThat(instance.version("item")).isEqualTo(1);
      log.publish(vector("user", 6));
      assertThat(instance.version("user")).isEqualTo(6);
    }
  }

  @Test
  void aTombstoneGoesWhereItsModelsRecordsGoAlsoOnceTheModelIsRetired() throws Exception {
    log.publish(vector("user", 1, "users"));
    log.publish(vector("item", 1));
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(tombstone(instance, "user")).isEqualTo(new Tombstone("users"));
      assertThat(tombstone(instance, "item")).isEqualTo(new Tombstone(null));
      assertThat(tombstone(instance, "unknown")).isEqualTo(new Tombstone(null));

      log.publish(vector("user", 2, "users-2"));
      assertThat(tombstone(instance, "user")).isEqualTo(new Tombstone("users-2"));

      log.retire("user");
      assertThat(tombstone(instance, "user")).isEqualTo(new Tombstone("users-2"));
      OperatorSubtaskState state = instance.snapshot();
      try (ExportInstance restored = ExportInstance.restore(function(), state)) {
        assertThat(tombstone(restored, "user")).isEqualTo(new Tombstone("users-2"));
      }
    }
  }

  @Test
  void givenAFeedThatFailsThenTheTaskFailsWithItsMessage() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance instance = ExportInstance.start(following())) {
      assertThat(instance.version("user")).isEqualTo(1);
      log.fail(new IOException("topic key-configs was deleted"));

      assertThatThrownBy(() -> instance.decideVector("user"))
          .isInstanceOf(IOException.class)
          .hasMessage("topic key-configs was deleted");
      assertThatThrownBy(instance::beforeBarrier).hasMessage("topic key-configs was deleted");
    }
    assertThat(log.openFeeds()).isZero();
  }

  @Test
  void givenASourceThatCannotBeOpenedThenTheTaskFailsWithItsMessage() {
    KeyConfigSource unreachable =
        subtask -> {
          throw new IOException("no broker at nowhere:9092");
        };

    assertThatThrownBy(() -> ExportInstance.start(function().following(unreachable, Duration.ZERO)))
        .hasMessage("no broker at nowhere:9092");
  }

  @Test
  void theFeedEndsWithTheInstanceAlsoOfOneThatCouldNotStart() throws Exception {
    ExportInstance instance = ExportInstance.start(following());
    assertThat(log.openFeeds()).isEqualTo(1);
    instance.close();
    assertThat(log.openFeeds()).isZero();

    log.fail(new IOException("gone"));
    assertThatThrownBy(() -> ExportInstance.start(following())).hasMessage("gone");
    assertThat(log.opened(0)).isEqualTo(2);
    assertThat(log.openFeeds()).isZero();
  }

  @Test
  void everyInstanceFollowsForItself() throws Exception {
    log.publish(vector("user", 1));
    try (ExportInstance first = ExportInstance.start(following(), 2, 0);
        ExportInstance second = ExportInstance.start(following(), 2, 1)) {
      log.publish(vector("user", 2));
      assertThat(first.version("user")).isEqualTo(2);
      assertThat(second.version("user")).isEqualTo(2);
      assertThat(log.opened(0)).isEqualTo(1);
      assertThat(log.opened(1)).isEqualTo(1);
    }
  }

  @Test
  void givenANegativeWaitTimeoutThenItIsRefusedWhereItIsGiven() {
    assertThatThrownBy(() -> function().following(log.source(), Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
  }

  private static byte[] record(ExportInstance instance, String model) throws Exception {
    return ((Exported) instance.decideVector(model)).record();
  }

  private static byte[] record(long key) {
    return ThriftSamples.bytes(ThriftSamples.vector(key, new byte[8]));
  }

  private static Outcome tombstone(ExportInstance instance, String model) throws Exception {
    Header[] headers = {new RecordHeader(Envelope.MODEL_HEADER, model.getBytes(UTF_8))};
    return instance
        .decide(new Envelope(new byte[] {1}, null, headers, 0, "events", 0, 0))
        .outcome();
  }

  private static void assertRetired(Outcome outcome, long version) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(RejectReason.MODEL_RETIRED);
              assertThat(rejected.keyConfigVersion()).isEqualTo(version);
              assertThat(rejected.detail()).contains("version " + (version + 1) + " or greater");
            });
  }
}
