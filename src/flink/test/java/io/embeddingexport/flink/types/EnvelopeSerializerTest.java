package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;

class EnvelopeSerializerTest extends SerializerTestBase<Envelope> {
  private static final byte[] BYTES = {1, 2, 3};

  /** What {@code envelope-v1.hex} says. */
  private static final Envelope FULL =
      new Envelope(
          new byte[] {(byte) 0xCA, (byte) 0xFE},
          BYTES,
          new Header[] {
            new RecordHeader("trace", new byte[] {-1}), new RecordHeader("trace", null)
          },
          1_000_000_000_000L,
          "events",
          7,
          4294967298L);

  /** What {@code envelope-null-v1.hex} says. */
  private static final Envelope BARE =
      new Envelope(null, null, Envelope.NO_HEADERS, Envelope.NO_TIMESTAMP, "é", 0, 0);

  EnvelopeSerializerTest() {
    super(ByContent.checker(Envelope.class));
  }

  @Override
  protected TypeSerializer<Envelope> createSerializer() {
    return EnvelopeSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<Envelope> getTypeClass() {
    return Envelope.class;
  }

  @Override
  protected Envelope[] getTestData() {
    return new Envelope[] {
      FULL,
      BARE,
      new Envelope(new byte[0], new byte[0], Envelope.NO_HEADERS, 0, "", 1, 2),
      new Envelope(
          null, new byte[BoundedBytes.DIRECT_BYTES + 1], Envelope.NO_HEADERS, 0, "t", 1, 2),
    };
  }

  @Test
  void version1ShouldStayReadable() throws IOException {
    deepEquals("full", FULL, read(StoredBytes.read("envelope-v1.hex")));
    deepEquals("bare", BARE, read(StoredBytes.read("envelope-null-v1.hex")));
  }

  @Test
  void aWriteShouldGiveTheBytesOfTheFormat() throws IOException {
    assertThat(StoredBytes.written(out -> EnvelopeSerializer.INSTANCE.serialize(FULL, out)))
        .isEqualTo(StoredBytes.read("envelope-v1.hex"));
    assertThat(StoredBytes.written(out -> EnvelopeSerializer.INSTANCE.serialize(BARE, out)))
        .isEqualTo(StoredBytes.read("envelope-null-v1.hex"));
  }

  @Test
  void anEnvelopeIsImmutableSoACopyIsTheSame() {
    assertThat(EnvelopeSerializer.INSTANCE.copy(FULL)).isSameAs(FULL);
    assertThat(EnvelopeSerializer.INSTANCE.copy(FULL, BARE)).isSameAs(FULL);
    assertThat(EnvelopeSerializer.INSTANCE.duplicate()).isSameAs(EnvelopeSerializer.INSTANCE);
  }

  @Test
  void givenALengthThatIsNotTrueThenTheReadFailsWithoutAllocatingIt() {
    assertThatThrownBy(() -> read(StoredBytes.bytes("7FFFFFFF 0102")))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("2147483647")
        .hasMessageContaining("only 2 follow");
    assertThatThrownBy(() -> read(StoredBytes.bytes("FFFFFFFE")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("-2");
    assertThatThrownBy(() -> read(StoredBytes.bytes("FFFFFFFF FFFFFFFF 7FFFFFFF")))
        .as("two thousand million headers")
        .isInstanceOf(EOFException.class);
  }

  private static Envelope read(byte[] bytes) throws IOException {
    return EnvelopeSerializer.INSTANCE.deserialize(StoredBytes.input(bytes));
  }
}
