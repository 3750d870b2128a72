package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embeddingexport.datarecord.GoldenVectors.Vector;
import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which of libtwml's records are read and which refused. That the content is the same, {@code
 * GoldenCommandsTest} shows.
 */
class GoldenReadTest {

  /** What libtwml says, or does not live to say, about some of the rest. */
  private static final Map<String, Reason> REASONS =
      Map.ofEntries(
          Map.entry("empty-input", Reason.TRUNCATED),
          Map.entry("no-stop", Reason.TRUNCATED),
          Map.entry("field-id-10", Reason.UNKNOWN_FIELD),
          Map.entry("wrong-field-type-binary", Reason.WRONG_TYPE),
          Map.entry("wrong-key-type", Reason.WRONG_TYPE),
          Map.entry("union-empty", Reason.UNION_ARITY),
          Map.entry("union-binary-tensor", Reason.UNKNOWN_FIELD),
          Map.entry("union-two-fields", Reason.UNION_ARITY),
          Map.entry("raw-no-dtype", Reason.MISSING_FIELD),
          Map.entry("raw-dtype-6", Reason.UNKNOWN_DATA_TYPE),
          Map.entry("raw-string-dtype-no-shape", Reason.MISSING_FIELD),
          Map.entry("content-length-negative", Reason.NEGATIVE_LENGTH),
          Map.entry("content-length-huge", Reason.LENGTH_EXCEEDS_INPUT),
          Map.entry("shape-count-huge", Reason.LENGTH_EXCEEDS_INPUT),
          Map.entry("continuous-count-huge", Reason.LENGTH_EXCEEDS_INPUT),
          Map.entry("sparse-no-indices", Reason.MISSING_FIELD),
          Map.entry("message-header", Reason.UNKNOWN_FIELD));

  @ParameterizedTest
  @MethodSource("accepted")
  void givenWhatLibtwmlReadsWhenReadThenItIsReadOrRefusedOnPurpose(Vector vector)
      throws MalformedRecordException {
    Reason stricter = GoldenVectors.STRICTER.get(vector.name());
    if (stricter != null) {
      assertRefused(vector, stricter);
    } else {
      DataRecordView view = DataRecordReader.read(vector.bytes());

      byte[] again = new DataRecordWriter().addAll(view).write();
      assertThat(DataRecordReader.read(again)).isEqualTo(view);
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void givenWhatLibtwmlRefusesOrIsUndefinedForWhenReadThenItIsRefused(Vector vector) {
    assertRefused(vector, REASONS.get(vector.name()));
  }

  @Test
  void everyVectorNamedHereShouldExist() {
    assertThat(Stream.concat(accepted(), refused()).map(Vector::name))
        .containsAll(GoldenVectors.STRICTER.keySet())
        .containsAll(REASONS.keySet());
  }

  @Test
  void givenMoreBytesThanTheLimitWhenReadThenItIsTooLarge() throws MalformedRecordException {
    assertThat(DataRecordReader.read(new byte[1], 1).tensors()).isEmpty();
    assertThatExceptionOfType(MalformedRecordException.class)
        .isThrownBy(() -> DataRecordReader.read(new byte[11], 10))
        .withMessageContaining("11 bytes; the limit is 10")
        .extracting(MalformedRecordException::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  private static void assertRefused(Vector vector, Reason reason) {
    assertThatExceptionOfType(MalformedRecordException.class)
        .isThrownBy(() -> DataRecordReader.read(vector.bytes()))
        .satisfies(
            e -> {
              if (reason != null) {
                assertThat(e.reason()).isEqualTo(reason);
              }
            });
  }

  static Stream<Vector> accepted() {
    return Stream.concat(
        GoldenVectors.reads(), GoldenVectors.malformed().filter(GoldenReadTest::isAccepted));
  }

  static Stream<Vector> refused() {
    return GoldenVectors.malformed().filter(vector -> !isAccepted(vector));
  }

  private static boolean isAccepted(Vector vector) {
    return vector.text("libtwml").equals("accept");
  }
}
