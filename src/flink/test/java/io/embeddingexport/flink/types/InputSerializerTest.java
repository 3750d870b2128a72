package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.Test;

class InputSerializerTest extends SerializerTestBase<Input> {
  private static final Envelope ENVELOPE =
      new Envelope(new byte[] {1}, new byte[] {11}, Envelope.NO_HEADERS, 5, "t", 0, 9);

  InputSerializerTest() {
    super(ByContent.checker(Input.class));
  }

  @Override
  protected TypeSerializer<Input> createSerializer() {
    return InputSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  /** What is made without being read is an envelope. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  protected Class<Input> getTypeClass() {
    return (Class) Envelope.class;
  }

  @Override
  protected Input[] getTestData() {
    return new Input[] {
      ENVELOPE,
      PositionSamples.START,
      PositionSamples.PROGRESS,
      new Envelope(null, null, Envelope.NO_HEADERS, Envelope.NO_TIMESTAMP, "", 0, 0),
      new PartitionStart("", 0, "", 0, ""),
      new PartitionProgress("", Integer.MAX_VALUE, Long.MAX_VALUE),
    };
  }

  @Test
  void version1ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    assertBytes(PositionSamples.START, PositionSamples.START_HEX);
    assertBytes(PositionSamples.PROGRESS, PositionSamples.PROGRESS_HEX);
  }

  private static void assertBytes(Input element, String hex) throws IOException {
    assertThat(StoredBytes.written(out -> InputSerializer.INSTANCE.serialize(element, out)))
        .isEqualTo(StoredBytes.bytes(hex));
    assertThat(read(hex)).isEqualTo(element);
  }

  @Test
  void anEnvelopeIsAsItsOwnSerializerWritesItBehindAZero() throws IOException {
    byte[] own = StoredBytes.written(out -> EnvelopeSerializer.INSTANCE.serialize(ENVELOPE, out));

    assertThat(StoredBytes.written(out -> InputSerializer.INSTANCE.serialize(ENVELOPE, out)))
        .startsWith(0)
        .endsWith(own)
        .hasSize(own.length + 1);
  }

  @Test
  void givenANumberThatNoElementHasThenTheErrorNamesIt() {
    assertThatThrownBy(() -> read("03 00000000"))
        .isInstanceOf(IOException.class)
        .hasMessage("no element has number 3; the data are corrupt");
    assertThatThrownBy(() -> read("FF"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("number -1");
  }

  @Test
  void givenALengthThatIsNotTrueThenTheReadFailsWithoutAllocatingIt() {
    assertThatThrownBy(() -> read("01 7FFFFFFF 00")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("02 7FFFFFFF 00")).isInstanceOf(EOFException.class);
  }

  @Test
  void aCopyIsTheSame() {
    assertThat(InputSerializer.INSTANCE.copy(PositionSamples.START))
        .isSameAs(PositionSamples.START);
    assertThat(InputTypeInfo.INSTANCE.createSerializer(null)).isSameAs(InputSerializer.INSTANCE);
  }

  private static Input read(String hex) throws IOException {
    return InputSerializer.INSTANCE.deserialize(StoredBytes.input(StoredBytes.bytes(hex)));
  }
}
