package io.embeddingexport.flink;

import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.ThriftSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link DataRecordMapFunction} with key configs that change while it runs. */
class MapFunctionFollowingTest {
  private static final byte[] EVENT =
      ThriftSamples.bytes(ThriftSamples.event("user", 42, new byte[8]));

  private final KeyConfigLog log = new KeyConfigLog();
  private final LoggedWarnings warnings = new LoggedWarnings(KeyConfigFollower.class);

  @AfterEach
  void close() {
    warnings.close();
    log.close();
  }

  @Test
  void anUpdateIsInForceForTheNextEventAndStaysInTheState() throws Exception {
    log.publish(vector("user", 1, 70));
    OperatorSubtaskState state;
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> instance = start(null)) {
      assertThat(map(instance)).isEqualTo(record(70));
      log.publish(vector("user", 2, 71));
      assertThat(map(instance)).isEqualTo(record(71));
      log.publish(vector("user", 3, 72));
      state = instance.snapshot(1, 1);
    }
    assertThat(log.openFeeds()).isZero();

    log.createAnew();
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> instance = start(state)) {
      assertThat(map(instance)).isEqualTo(record(72));
    }
  }

  @Test
  void aRetiredModelFailsTheJobAsWhatCannotBeARecord() throws Exception {
    log.publish(vector("user", 1));
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> instance = start(null)) {
      log.retire("user");
      assertThatThrownBy(() -> map(instance))
          .isInstanceOf(RejectedEventException.class)
          .hasMessageContaining("model-retired");
    }
  }

  @Test
  void aRefusedKeyConfigIsLoggedAndWhatWasInForceStays() throws Exception {
    log.publish(vector("user", 1, 70));
    try (OneInputStreamOperatorTestHarness<byte[], byte[]> instance = start(null)) {
      log.publishInvalid("user");
      assertThat(map(instance)).isEqualTo(record(70));
      assertThat(instance.extractOutputValues()).isEmpty();
    }
    assertThat(warnings.messages())
        .singleElement()
        .asString()
        .contains("refused", "key-configs-0@1");
  }

  /** A map has nowhere to emit letters to, so it must not keep what they would be made of. */
  @Test
  void refusedKeyConfigsAreNotKept() throws Exception {
    RefusedKeyConfigs refused = RefusedKeyConfigs.withoutLetters();
    ReceivedKeyConfig received =
        ReceivedKeyConfig.of(new Envelope(null, null, Envelope.NO_HEADERS, 0, "k", 0, 0), "");
    refused.add(received);

    assertThat(refused.arePending()).isFalse();
    List<Output> letters = new ArrayList<>();
    refused.emit(letters::add);
    assertThat(letters).isEmpty();
  }

  private OneInputStreamOperatorTestHarness<byte[], byte[]> start(
      @Nullable OperatorSubtaskState state) throws Exception {
    DataRecordMapFunction function =
        DataRecordMapFunction.builder().following(log.source(), Duration.ZERO).build();
    OneInputStreamOperatorTestHarness<byte[], byte[]> harness =
        new OneInputStreamOperatorTestHarness<>(
            new StreamMap<>(InstantiationUtil.clone(function)),
            BytePrimitiveArraySerializer.INSTANCE);
    harness.setup(BytePrimitiveArraySerializer.INSTANCE);
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static byte[] map(OneInputStreamOperatorTestHarness<byte[], byte[]> instance)
      throws Exception {
    instance.processElement(EVENT, 0);
    byte[] record = instance.extractOutputValues().get(0);
    instance.getOutput().clear();
    return record;
  }

  private static byte[] record(long key) {
    return ThriftSamples.bytes(ThriftSamples.vector(key, new byte[8]));
  }
}
