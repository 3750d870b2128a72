package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.flink.types.ThriftSamples;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model's version only grows, whatever a job is restarted with. */
class KeyConfigVersionTest {
  private final LoggedWarnings warnings = new LoggedWarnings(CheckpointedKeyConfigs.class);

  @AfterEach
  void stopListening() {
    warnings.close();
  }

  @Test
  void givenANewerFileThenItsConfigIsInForceAndStays() throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 1)));

    try (ExportInstance newer = ExportInstance.restore(function(vector("user", 2)), state)) {
      assertThat(newer.version("user")).isEqualTo(2);
      state = newer.snapshot();
    }
    try (ExportInstance older = ExportInstance.restore(function(vector("user", 1)), state)) {
      assertThat(older.version("user")).isEqualTo(2);
    }
  }

  @Test
  void givenAnOlderFileThenTheStateStaysAndThatIsCountedAndLogged() throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 5)));

    try (ExportInstance instance =
        ExportInstance.restore(function(vector("user", 4), vector("item", 1)), state)) {
      assertThat(instance.version("user")).isEqualTo(5);
      assertThat(instance.version("item")).isEqualTo(1);
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isEqualTo(1);
      assertThat(instance.metrics().gauge("keyConfigsInForce")).isEqualTo(2);
    }
    assertThat(warnings.messages())
        .singleElement()
        .asString()
        .contains("model user", "version 4", "not greater than 5", "version 6");
  }

  @Test
  void givenOtherContentUnderTheSameVersionThenTheStateStaysAndThatIsCountedAndLogged()
      throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 5, 70)));

    try (ExportInstance instance = ExportInstance.restore(function(vector("user", 5, 71)), state)) {
      Exported exported = (Exported) instance.decideVector("user");
      assertThat(exported.record())
          .isEqualTo(ThriftSamples.bytes(ThriftSamples.vector(70, new byte[8])));
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isEqualTo(1);
    }
    assertThat(warnings.messages())
        .singleElement()
        .asString()
        .contains("model user", "version 5", "differs", "version 6");
  }

  @Test
  void givenTheSameFileThenNothingIsIgnoredOrLogged() throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 5)));

    try (ExportInstance instance = ExportInstance.restore(function(vector("user", 5)), state)) {
      assertThat(instance.version("user")).isEqualTo(5);
      assertThat(instance.metrics().count("keyConfigUpdatesIgnored")).isEqualTo(0);
    }
    assertThat(warnings.messages()).isEmpty();
  }

  @Test
  void givenAFileWithoutAModelThenItsStateStaysInForce() throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 5), vector("item", 1)));

    try (ExportInstance instance = ExportInstance.restore(function(vector("item", 1)), state)) {
      assertThat(instance.version("user")).isEqualTo(5);
    }
  }

  @Test
  void noInstanceFallsBackWhenTheParallelismChanges() throws Exception {
    OperatorSubtaskState state = stateOf(function(vector("user", 3)));

    state = rescale(state, 1, 4, function(vector("user", 2)), 3);
    state = rescale(state, 4, 2, function(vector("user", 5)), 5);
    state = rescale(state, 2, 3, function(vector("user", 4)), 5);
    rescale(state, 3, 1, function(), 5);
  }

  private static OperatorSubtaskState stateOf(ExportFunction function) throws Exception {
    try (ExportInstance instance = ExportInstance.start(function)) {
      return instance.snapshot();
    }
  }

  /** Starts {@code parallelism} instances, which must all have the version, and snapshots them. */
  private static OperatorSubtaskState rescale(
      OperatorSubtaskState state,
      int oldParallelism,
      int parallelism,
      ExportFunction function,
      long version)
      throws Exception {
    List<ExportInstance> instances =
        ExportInstance.restore(function, state, oldParallelism, parallelism);
    OperatorSubtaskState[] states = new OperatorSubtaskState[parallelism];
    for (int i = 0; i < parallelism; i++) {
      try (ExportInstance instance = instances.get(i)) {
        assertThat(instance.version("user"))
            .as("instance %d of %d", i, parallelism)
            .isEqualTo(version);
        states[i] = instance.snapshot();
      }
    }
    return AbstractStreamOperatorTestHarness.repackageState(states);
  }
}
