package io.embeddingexport.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.RejectBrake.Excess;
import java.util.List;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectBrakeTest {
  private final RejectBrake brake = new RejectBrake(new RejectLimit(50, 10));

  private void count(int times, Outcome outcome) {
    for (int i = 0; i < times; i++) {
      brake.count(outcome);
    }
  }

  private static Exported exported(String model) {
    return new Exported(new byte[] {0}, 1, null, new KeyConfigId(model, 1), null);
  }

  private static Rejected rejected(@Nullable String model, RejectReason reason) {
    return new Rejected(reason, "detail", model, 1);
  }

  @Test
  void halfOfTheInputsIsNotMoreThanFiftyPercent() {
    count(10, exported("m"));
    count(10, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(0)).isNull();

    count(1, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(1)).isEqualTo(new Excess("m", RejectReason.SHAPE, 11, 21));
  }

  @Test
  void fewInputsDoNotStopTheJob() {
    count(9, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(0)).isNull();

    count(1, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(1)).isEqualTo(new Excess("m", RejectReason.SHAPE, 10, 10));
  }

  @Test
  void oneModelOfManyStopsTheJobAndIsNamed() {
    count(1000, exported("good"));
    count(8, rejected("bad", RejectReason.DTYPE));
    count(12, rejected("bad", RejectReason.ARITY));
    count(3, exported("bad"));

    assertThat(brake.endInterval(0)).isEqualTo(new Excess("bad", RejectReason.ARITY, 20, 23));
  }

  @Test
  void inputsOfNoModelCountAmongAll() {
    count(5, Tombstone.INSTANCE);
    count(6, rejected(null, RejectReason.UNDECODABLE));

    assertThat(brake.endInterval(0)).isEqualTo(new Excess(null, RejectReason.UNDECODABLE, 6, 11));
  }

  @Test
  void eachItemOfAnInputCountsAndASkippedInputDoesNot() {
    count(5, new Items(List.of(exported("m"), rejected("m", RejectReason.SHAPE))));
    count(100, Skipped.INSTANCE);
    count(1, rejected("m", RejectReason.SHAPE));

    assertThat(brake.endInterval(0)).isEqualTo(new Excess("m", RejectReason.SHAPE, 6, 11));
  }

  @Test
  void whatEndedAMinuteAgoIsForgotten() {
    count(10, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(1_000)).isNotNull();
    count(10, exported("m"));
    assertThat(brake.endInterval(2_000)).isNull();
    count(1, rejected("m", RejectReason.SHAPE));
    assertThat(brake.endInterval(60_999)).isNotNull();

    assertThat(brake.endInterval(61_000)).isNull();
  }

  @Test
  void anIntervalLongerThanAMinuteCountsWhole() {
    assertThat(brake.endInterval(0)).isNull();
    count(10, rejected("m", RejectReason.SHAPE));

    assertThat(brake.endInterval(600_000)).isNotNull();
  }

  @Test
  void moreModelsThanAreRememberedCountAmongAll() {
    for (int i = 0; i < RejectBrake.MOST_MODELS; i++) {
      count(1, exported("m" + i));
    }
    count(100, rejected("late", RejectReason.SHAPE));
    assertThat(brake.endInterval(0)).isNull();

    count(1_000, rejected("late", RejectReason.SHAPE));
    assertThat(brake.endInterval(100_000))
        .isEqualTo(new Excess("late", RejectReason.SHAPE, 1_000, 1_000));
  }

  @Test
  void theJobFailsForGoodOnceThatCheckpointIsComplete() throws Exception {
    try (ExportInstance instance =
        ExportInstance.limited(ExportInstance.function(), new RejectLimit(50, 3))) {
      instance.decideVector("m");
      instance.barrier(1);
      instance.completed(1);
      instance.decideVector("m");
      instance.decideVector("m");
      instance.barrier(2);
      instance.completed(1); // late
      instance.decideVector("m");
      instance.barrier(3);

      assertThatThrownBy(() -> instance.completed(2))
          .isInstanceOf(TooManyRejectsException.class)
          .hasMessage(
              "of the last 3 inputs of model 'm', 3 were rejected, most for the reason"
                  + " no-key-config; more than 50 % stop the job (reject-brake.percent); nothing is"
                  + " lost: look at the dead letters, mend the cause, and start the job again, which"
                  + " goes on from its position")
          .satisfies(
              e ->
                  assertThat(ThrowableClassifier.getThrowableType(e))
                      .isEqualTo(ThrowableType.NonRecoverableError));
    }
  }

  @Test
  void withoutALimitAnyNumberMayBeRejected() throws Exception {
    try (ExportInstance instance = ExportInstance.start(ExportInstance.function())) {
      for (int i = 0; i < 5_000; i++) {
        instance.decideVector("m");
      }
      instance.barrier(1);
      instance.completed(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "100, 1", "-1, 1", "50, 0"})
  void aLimitThatMeansNothingIsRefused(int percent, long minInputs) {
    assertThatThrownBy(() -> new RejectLimit(percent, minInputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use 1 to 99 %");
  }
}
