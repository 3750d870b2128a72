package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.Test;

class OutputSerializerTest extends SerializerTestBase<Output> {
  private static final Envelope EVENT =
      new Envelope(new byte[] {1}, new byte[] {11}, Envelope.NO_HEADERS, 5, "t", 0, 9);

  private static final Decision EXPORTED =
      new Decision(
          EVENT, new Exported(new byte[] {0x0D, 0}, -2, new KeyConfigId("user", 3), "out"));

  OutputSerializerTest() {
    super(ByContent.checker(Output.class));
  }

  @Override
  protected TypeSerializer<Output> createSerializer() {
    return OutputSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  /** What is made without being read is a decision. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  protected Class<Output> getTypeClass() {
    return (Class) Decision.class;
  }

  @Override
  protected Output[] getTestData() {
    return new Output[] {
      EXPORTED,
      new Decision(EVENT, new Rejected(RejectReason.NO_KEY_CONFIG, "why", null, 0)),
      new Decision(EVENT, Tombstone.INSTANCE),
      PositionSamples.START,
      PositionSamples.PROGRESS,
      new Replayed(
          List.of(EXPORTED, new Decision(EVENT, Tombstone.INSTANCE, 3)), PositionSamples.PROGRESS),
    };
  }

  @Test
  void version1ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    assertBytes(PositionSamples.START, PositionSamples.START_HEX);
    assertBytes(PositionSamples.PROGRESS, PositionSamples.PROGRESS_HEX);
  }

  private static void assertBytes(Output element, String hex) throws IOException {
    assertThat(StoredBytes.written(out -> OutputSerializer.INSTANCE.serialize(element, out)))
        .isEqualTo(StoredBytes.bytes(hex));
    assertThat(read(hex)).isEqualTo(element);
  }

  @Test
  void aDecisionIsAsItsOwnSerializerWritesItBehindAZero() throws IOException {
    byte[] own = StoredBytes.written(out -> DecisionSerializer.INSTANCE.serialize(EXPORTED, out));

    assertThat(StoredBytes.written(out -> OutputSerializer.INSTANCE.serialize(EXPORTED, out)))
        .startsWith(0)
        .endsWith(own)
        .hasSize(own.length + 1);
  }

  @Test
  void aReplayIsItsDecisionsAndThenTheLettersPosition() throws IOException {
    byte[] decision =
        StoredBytes.written(out -> DecisionSerializer.INSTANCE.serialize(EXPORTED, out));
    Replayed replayed = new Replayed(List.of(EXPORTED), PositionSamples.PROGRESS);

    assertThat(StoredBytes.written(out -> OutputSerializer.INSTANCE.serialize(replayed, out)))
        .startsWith(StoredBytes.bytes("03 00000001"))
        .endsWith(StoredBytes.bytes(PositionSamples.PROGRESS_HEX))
        .hasSize(5 + decision.length + StoredBytes.bytes(PositionSamples.PROGRESS_HEX).length);
  }

  @Test
  void givenANumberThatNoElementHasThenTheErrorNamesIt() {
    assertThatThrownBy(() -> read("09"))
        .isInstanceOf(IOException.class)
        .hasMessage("no element has number 9; the data are corrupt");
  }

  @Test
  void aCopyIsTheSame() {
    assertThat(OutputSerializer.INSTANCE.copy(EXPORTED)).isSameAs(EXPORTED);
    assertThat(OutputTypeInfo.INSTANCE.createSerializer(null)).isSameAs(OutputSerializer.INSTANCE);
  }

  private static Output read(String hex) throws IOException {
    return OutputSerializer.INSTANCE.deserialize(StoredBytes.input(StoredBytes.bytes(hex)));
  }
}
