package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.export.RejectReason;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionSerializerTest extends SerializerTestBase<Decision> {
  private static final Envelope EVENT =
      new Envelope(null, new byte[] {11}, Envelope.NO_HEADERS, 5, "t", 0, 9);

  private static final Decision EXPORTED =
      new Decision(
          EVENT, new Exported(new byte[] {0x0D, 0}, -2, new KeyConfigId("user", 3), "out"));
  private static final Decision REJECTED =
      new Decision(EVENT, new Rejected(RejectReason.NO_KEY_CONFIG, "why", null, 0));
  private static final Decision TOMBSTONE =
      new Decision(
          new Envelope(new byte[] {10}, null, Envelope.NO_HEADERS, 5, "t", 0, 9),
          Tombstone.INSTANCE);

  DecisionSerializerTest() {
    super(ByContent.checker(Decision.class));
  }

  @Override
  protected TypeSerializer<Decision> createSerializer() {
    return DecisionSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<Decision> getTypeClass() {
    return Decision.class;
  }

  /** Each kind of outcome, and each reason. */
  @Override
  protected Decision[] getTestData() {
    Stream<Decision> rejects =
        Arrays.stream(RejectReason.values())
            .map(reason -> new Decision(EVENT, new Rejected(reason, "detail", "item", 7)));
    return Stream.concat(
            Stream.of(
                EXPORTED,
                REJECTED,
                TOMBSTONE,
                new Decision(
                    EVENT, new Exported(new byte[] {0}, 1, new KeyConfigId("item", 1), null)),
                new Decision(EVENT, EXPORTED.outcome(), 0),
                new Decision(EVENT, new Tombstone("out", Bytes.ofUtf8("key"))),
                new Decision(EVENT, new Tombstone(null, Bytes.ofUtf8(""))),
                new Decision(
                    EVENT,
                    new Exported(
                        new byte[] {0}, 0, new byte[] {7}, new KeyConfigId("item", 1), null),
                    Integer.MAX_VALUE)),
            rejects)
        .toArray(Decision[]::new);
  }

  @ParameterizedTest
  @CsvSource({"exported", "rejected", "tombstone"})
  void version1ShouldStayReadableAndBeWhatIsWritten(String kind) throws IOException {
    Decision decision =
        switch (kind) {
          case "exported" -> EXPORTED;
          case "rejected" -> REJECTED;
          default -> TOMBSTONE;
        };
    byte[] bytes = StoredBytes.read("decision-" + kind + "-v1.hex");

    deepEquals(kind, decision, DecisionSerializer.INSTANCE.deserialize(StoredBytes.input(bytes)));
    assertThat(StoredBytes.written(out -> DecisionSerializer.INSTANCE.serialize(decision, out)))
        .isEqualTo(bytes);
  }

  @Test
  void aTombstoneStaysTheOneTombstone() throws IOException {
    byte[] bytes = StoredBytes.read("decision-tombstone-v1.hex");

    assertThat(DecisionSerializer.INSTANCE.deserialize(StoredBytes.input(bytes)).outcome())
        .isSameAs(Tombstone.INSTANCE);
  }

  @Test
  void givenAnOutcomeOrReasonOfAnotherReleaseThenTheErrorNamesIt() {
    String envelope =
        "FFFFFFFF FFFFFFFF 00000000 0000000000000005 00000000 00000000 0000000000000009";

    assertThatThrownBy(() -> read(envelope + "09"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("number 9");
    assertThatThrownBy(() -> read(envelope + "02 00000003 \"new\""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'new'");
  }

  private static Decision read(String hex) throws IOException {
    return DecisionSerializer.INSTANCE.deserialize(StoredBytes.input(StoredBytes.bytes(hex)));
  }

  @Test
  void aSkipIsSerializedAsOneByteAfterItsInput() throws IOException {
    Decision skipped = new Decision(TOMBSTONE.input(), Skipped.INSTANCE);
    DataOutputSerializer envelope = new DataOutputSerializer(64);
    EnvelopeSerializer.INSTANCE.serialize(skipped.input(), envelope);
    DataOutputSerializer out = new DataOutputSerializer(64);
    DecisionSerializer.INSTANCE.serialize(skipped, out);
    byte[] bytes = out.getCopyOfBuffer();

    assertThat(bytes).hasSize(envelope.length() + 1).endsWith((byte) 4);
    assertThat(DecisionSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes)).outcome())
        .isSameAs(Skipped.INSTANCE);
  }
}
