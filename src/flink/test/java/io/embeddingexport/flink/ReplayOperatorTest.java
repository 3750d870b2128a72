package io.embeddingexport.flink;

import static io.embeddingexport.flink.ExportInstance.function;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.event.input.InputText;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.LetterOutcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.flink.LetterInputs.LetterInput;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.flink.types.Output;
import io.embeddingexport.flink.types.PartitionProgress;
import io.embeddingexport.flink.types.PartitionStart;
import io.embeddingexport.flink.types.Replayed;
import io.embeddingexport.flink.types.ThriftSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Letters of model {@code user}, which has a key config now; letters with an odd offset are not
 * chosen.
 */
class ReplayOperatorTest {
  private static final LetterInputs EVEN =
      letter ->
          letter.offset() % 2 == 0
              ? new LetterInput(
                  new Envelope(
                      letter.key(),
                      letter.value(),
                      Envelope.NO_HEADERS,
                      1000 + letter.timestampMillis(),
                      "events",
                      7,
                      500 + letter.offset()),
                  LetterOutcome.WHOLE)
              : null;

  @TempDir private Path directory;
  private ExportInstance replay;

  @BeforeEach
  void start() throws Exception {
    replay = ExportInstance.replaying(function(KeyConfigSamples.vector("user", 1)), EVEN);
  }

  @AfterEach
  void close() throws Exception {
    replay.close();
  }

  private static Envelope letter(String model, long offset) {
    byte[] value = ThriftSamples.bytes(ThriftSamples.event(model, 42, new byte[8]));
    return new Envelope(new byte[] {1}, value, Envelope.NO_HEADERS, 5, "letters", 3, offset);
  }

  @Test
  void whatBecomesARecordIsADecisionOnTheInputAndMovesTheLettersPosition() throws Exception {
    assertThat(replay.outputs(letter("user", 20)))
        .singleElement()
        .isInstanceOfSatisfying(
            Replayed.class,
            replayed -> {
              Decision decision = replayed.decisions().get(0);
              assertThat(replayed.decisions()).hasSize(1);
              assertThat(decision.input()).hasToString("events-7@520");
              assertThat(decision.input().timestampMillis()).isEqualTo(1005);
              assertThat(decision.outcome()).isInstanceOf(Exported.class);
              assertThat(decision.item()).isEqualTo(Decision.WHOLE);
              assertThat(replayed.read()).isEqualTo(new PartitionProgress("letters", 3, 21));
            });
    assertThat(replay.metrics().count("records")).isEqualTo(1);
  }

  @Test
  void whatIsRejectedAgainOnlyMovesThePositionAndIsCounted() throws Exception {
    assertThat(replay.outputs(letter("item", 20)))
        .containsExactly(new PartitionProgress("letters", 3, 21));
    assertThat(replay.metrics().count("rejects")).isEqualTo(1);
  }

  @Test
  void whatIsNotChosenOnlyMovesThePositionAndCountsAsSkipped() throws Exception {
    assertThat(replay.outputs(letter("user", 21)))
        .containsExactly(new PartitionProgress("letters", 3, 22));
    assertThat(replay.metrics().count("skips")).isEqualTo(1);
    assertThat(replay.metrics().count("records")).isZero();
  }

  @Test
  void positionsOfTheTopicPassInOrder() throws Exception {
    PartitionStart start = new PartitionStart("letters", 3, "id", 20, "marker");
    PartitionProgress progress = new PartitionProgress("letters", 3, 25);

    assertThat(replay.outputs(start)).isEqualTo(List.of(start));
    assertThat(replay.outputs(progress)).isEqualTo(List.of(progress));
    assertThat(replay.outputsBeforeBarrier()).isEmpty();
  }

  @Test
  void ofAnInputWithSeveralItemsALetterBecomesItsOwnItemOrAllOfThem() throws Exception {
    byte[] rows =
        """
        {"model_name": "user", "outputs": [
          {"name": "id", "datatype": "INT64", "shape": [2, 1], "data": [7, 8]},
          {"name": "embedding", "datatype": "FP32", "shape": [2, 2], "data": [1, 2, 3, 4]}]}
        """
            .getBytes(UTF_8);
    String mapping =
        """
        format: json
        preset: kserve-v2
        entity-id: id
        model: model_name
        tensors: {embedding: embedding}
        """;
    Path file = Files.writeString(directory.resolve("mapping.yaml"), mapping);
    ExportFunction function =
        new ExportFunction(
            List.of(InputText.read(file)),
            ExportLimits.DEFAULT,
            List.of(KeyConfigSamples.vector("user", 1)));
    // The offset says which item the letter is for; -1: the whole input.
    LetterInputs letters = letter -> new LetterInput(letter, (int) letter.offset());

    try (ExportInstance batches = ExportInstance.replaying(function, letters)) {
      assertThat(replayed(batches.outputs(batch(rows, 1)))).containsExactly("8 item 1");
      assertThat(replayed(batches.outputs(batch(rows, LetterOutcome.WHOLE))))
          .containsExactly("7 item 0", "8 item 1");
      assertThat(batches.outputs(batch(rows, 2)))
          .containsExactly(new PartitionProgress("letters", 3, 3));
      assertThat(batches.metrics().count("records")).isEqualTo(3);
      assertThat(batches.metrics().count("rejects")).isEqualTo(1);
    }
  }

  private static Envelope batch(byte[] rows, long item) {
    return new Envelope(null, rows, Envelope.NO_HEADERS, 5, "letters", 3, item);
  }

  /** Entity and item of each record. */
  private static List<String> replayed(List<Output> outputs) {
    assertThat(outputs).singleElement().isInstanceOf(Replayed.class);
    return ((Replayed) outputs.get(0))
        .decisions().stream()
            .map(
                decision -> ((Exported) decision.outcome()).entityId() + " item " + decision.item())
            .toList();
  }
}
