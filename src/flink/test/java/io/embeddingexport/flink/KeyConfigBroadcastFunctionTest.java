package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static io.embeddingexport.flink.KeyConfigSamples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.EventFormat;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.flink.KeyConfigBroadcastFunctionTest.Input.Event;
import io.embeddingexport.flink.KeyConfigBroadcastFunctionTest.Input.Publish;
import io.embeddingexport.flink.KeyConfigBroadcastFunctionTest.Input.Refuse;
import io.embeddingexport.flink.KeyConfigBroadcastFunctionTest.Input.Retire;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.DecisionTypeInfo;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Input;
import io.embeddingexport.keys.KeyConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyConfigBroadcastFunctionTest {

  /** A change of the key configs, or an event. */
  sealed interface Input {
    record Publish(String model, long version) implements Input {}

    record Retire(String model) implements Input {}

    record Refuse(String model) implements Input {}

    record Event(String model, long version) implements Input {}
  }

  @Provide
  Arbitrary<List<Input>> inputs() {
    Arbitrary<String> models = Arbitraries.of("item", "user");
    Arbitrary<Input> publish =
        Combinators.combine(models, Arbitraries.longs().between(1, 5)).as(Publish::new);
    Arbitrary<Input> event =
        Combinators.combine(models, Arbitraries.longs().between(0, 5)).as(Event::new);
    return Arbitraries.frequencyOf(
            Tuple.of(4, publish),
            Tuple.of(1, models.map(Retire::new)),
            Tuple.of(1, models.map(Refuse::new)),
            Tuple.of(4, event))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 100)
  void theSameInputsInTheSameOrderShouldHaveTheSameOutcomesAsInExportFunction(
      @ForAll("inputs") List<Input> inputs) throws Exception {
    List<Decision> one = new ArrayList<>();
    List<Decision> other = new ArrayList<>();
    try (KeyConfigLog log = new KeyConfigLog();
        ExportInstance following =
            ExportInstance.start(function().following(log.source(), Duration.ZERO)).toldStart(0);
        Instance broadcast = new Instance(0, null)) {
      for (Input input : inputs) {
        if (input instanceof Event event) {
          Envelope envelope = ExportInstance.vector(event.model(), event.version());
          one.addAll(following.process(envelope));
          other.addAll(broadcast.event(envelope));
        } else {
          other.addAll(broadcast.keyConfig(send(input, log)));
        }
      }
      one.addAll(following.beforeBarrier());
      assertThat(outcomes(other)).isEqualTo(outcomes(one));
      assertThat(letters(other)).isEqualTo(letters(one));

      // Each goes on from the other's state.
      try (ExportInstance restored = ExportInstance.restore(function(), broadcast.snapshot());
          Instance again = new Instance(0, following.snapshot())) {
        for (String model : List.of("item", "user")) {
          Envelope event = ExportInstance.vector(model, 0);
          assertThat(outcomes(restored.process(event)))
              .isEqualTo(outcomes(again.event(event)))
              .isEqualTo(outcomes(following.process(event)));
        }
      }
    }
  }

  private static Envelope send(Input update, KeyConfigLog log) {
    if (update instanceof Publish publish) {
      log.publish(vector(publish.model(), publish.version()));
    } else if (update instanceof Retire retire) {
      log.retire(retire.model());
    } else {
      log.publishInvalid(((Refuse) update).model());
    }
    Envelope[] messages = log.messages();
    return messages[messages.length - 1];
  }

  /** What became of the events. Letters stand elsewhere: the one emits them with the next event. */
  private static List<String> outcomes(List<Decision> decisions) {
    return decisions.stream()
        .filter(decision -> !decision.input().topic().equals(KeyConfigLog.TOPIC))
        .map(decision -> ExportInstances.shown(decision.outcome()))
        .toList();
  }

  private static List<String> letters(List<Decision> decisions) {
    return decisions.stream()
        .filter(decision -> decision.input().topic().equals(KeyConfigLog.TOPIC))
        .map(decision -> decision.input() + " " + decision.outcome())
        .toList();
  }

  @Test
  void staticConfigsAreInForceUntilAGreaterVersionComes() throws Exception {
    try (KeyConfigLog log = new KeyConfigLog();
        Instance instance = new Instance(0, null, vector("user", 2))) {
      log.publish(vector("user", 1));
      log.publish(vector("user", 3));

      assertThat(outcomes(instance.event(ExportInstance.vector("user", 0))))
          .containsExactly("exported 2");
      instance.keyConfig(log.messages()[0]);
      assertThat(outcomes(instance.event(ExportInstance.vector("user", 0))))
          .containsExactly("exported 2");
      instance.keyConfig(log.messages()[1]);
      assertThat(outcomes(instance.event(ExportInstance.vector("user", 0))))
          .containsExactly("exported 3");
    }
  }

  @Test
  void onlyTheFirstInstanceMakesALetterAndEachTimeThatTheMessageComes() throws Exception {
    try (KeyConfigLog log = new KeyConfigLog()) {
      log.publishInvalid("user");
      Envelope refused = log.messages()[0];
      OperatorSubtaskState state;
      try (Instance first = new Instance(0, null);
          Instance second = new Instance(1, null)) {
        assertThat(letters(first.keyConfig(refused))).hasSize(1);
        assertThat(second.keyConfig(refused)).isEmpty();
        state = first.snapshot();
      }
      try (Instance restored = new Instance(0, state)) {
        assertThat(letters(restored.keyConfig(refused))).as("the message came again").hasSize(1);
      }
    }
  }

  /** One of two instances. */
  private static final class Instance implements AutoCloseable {
    private final TwoInputStreamOperatorTestHarness<Envelope, Envelope, Decision> harness;

    Instance(int index, @Nullable OperatorSubtaskState state, KeyConfig... staticConfigs)
        throws Exception {
      KeyConfigBroadcastFunction function =
          new KeyConfigBroadcastFunction(
              EventFormat.THRIFT, ExportLimits.DEFAULT, List.of(staticConfigs));
      harness =
          new TwoInputStreamOperatorTestHarness<>(
              new CoBroadcastWithNonKeyedOperator<>(
                  InstantiationUtil.clone(function),
                  List.of(KeyConfigBroadcastFunction.KEY_CONFIGS)),
              8,
              2,
              index);
      harness.setup(DecisionTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()));
      if (state == null) {
        harness.initializeEmptyState();
      } else {
        harness.initializeState(state);
      }
      harness.open();
    }

    List<Decision> event(Envelope event) throws Exception {
      harness.processElement1(event, 0);
      return takeEmitted();
    }

    List<Decision> keyConfig(Envelope message) throws Exception {
      harness.processElement2(message, 0);
      return takeEmitted();
    }

    private List<Decision> takeEmitted() {
      List<Decision> emitted = List.copyOf(harness.extractOutputValues());
      harness.getOutput().clear();
      return emitted;
    }

    OperatorSubtaskState snapshot() throws Exception {
      return harness.snapshot(1, 1);
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }
}
