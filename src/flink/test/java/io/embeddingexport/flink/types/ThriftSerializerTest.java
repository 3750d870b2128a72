package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.EmbeddingEvent;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThriftSerializerTest extends SerializerTestBase<DataRecord> {
  private static final ThriftSerializer<DataRecord> RECORDS =
      new ThriftSerializer<>(DataRecord.class);

  @Override
  protected TypeSerializer<DataRecord> createSerializer() {
    return new ThriftSerializer<>(DataRecord.class);
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<DataRecord> getTypeClass() {
    return DataRecord.class;
  }

  @Override
  protected DataRecord[] getTestData() {
    return new DataRecord[] {
      new DataRecord(), ThriftSamples.discrete(7, -1), ThriftSamples.tensor(70_000)
    };
  }

  @Test
  void version1ShouldStayReadableAndBeWhatIsWritten() throws IOException {
    DataRecord record = new DataRecord();
    record.setDiscreteFeatures(Map.of(7L, -1L));

    assertThat(RECORDS.deserialize(StoredBytes.input(StoredBytes.read("record-v1.hex"))))
        .isEqualTo(record);
    assertThat(StoredBytes.written(out -> RECORDS.serialize(record, out)))
        .isEqualTo(StoredBytes.read("record-v1.hex"));
  }

  @Test
  void aStructIsMutableSoACopyIsAnother() {
    DataRecord record = ThriftSamples.discrete(7, 1);
    DataRecord copy = RECORDS.copy(record);
    record.getDiscreteFeatures().put(7L, 2L);

    assertThat(copy).isEqualTo(ThriftSamples.discrete(7, 1));
  }

  /** What libthrift alone would answer with an Error, a RuntimeException or a silent yes. */
  @ParameterizedTest
  @CsvSource({
    "string of length -1,         0B 0001 FFFFFFFF 00",
    "list of 2^31-1 structs,      0F 0001 0C 7FFFFFFF",
    "map of -1 entries,           0D 0003 0A0A FFFFFFFF 00",
    "bytes after the end,         00 00",
    "no end,                      0D 0003 0A0A 00000000",
    "no such type,                77 0001 00 00",
    "nothing at all,              ''",
  })
  void givenBytesThatAreNoStructThenTheReadIsAnIoException(String what, String hex) {
    byte[] struct = StoredBytes.bytes(hex);
    byte[] value = StoredBytes.bytes(String.format("%08X", struct.length) + hex);

    assertThatThrownBy(() -> RECORDS.deserialize(StoredBytes.input(value)))
        .as(what)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(struct.length + " bytes that are not a valid DataRecord: ");
  }

  @Test
  void givenAStructThatLacksARequiredFieldThenTheErrorHoldsNoPayload() {
    // An event with the time 0x4142434445464748 and nothing else.
    byte[] value = StoredBytes.bytes("0000000C 0A 0002 4142434445464748 00");

    assertThatThrownBy(
            () ->
                new ThriftSerializer<>(EmbeddingEvent.class).deserialize(StoredBytes.input(value)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Required field 'entityId' was not found")
        .hasMessageNotContaining("" + 0x4142434445464748L)
        .hasNoCause();
  }

  @Test
  void givenAListNestedWithoutEndThenTheReadIsAnIoException() {
    String struct = "0F 0063" + " 0F 00000001".repeat(100_000);
    int length = 3 + 5 * 100_000;

    assertThatThrownBy(
            () ->
                RECORDS.deserialize(
                    StoredBytes.input(StoredBytes.bytes(String.format("%08X", length) + struct))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a valid DataRecord");
  }

  @Test
  void givenAFieldFromALaterSchemaThenTheReadSkipsIt() throws IOException {
    byte[] value = StoredBytes.bytes("00000009 0B 0063 00000001 41 00");

    assertThat(RECORDS.deserialize(StoredBytes.input(value))).isEqualTo(new DataRecord());
  }

  @Test
  void givenAStructWithoutARequiredFieldThenTheWriteFailsByName() {
    ThriftSerializer<EmbeddingEvent> events = new ThriftSerializer<>(EmbeddingEvent.class);

    assertThatThrownBy(
            () -> StoredBytes.written(out -> events.serialize(new EmbeddingEvent(), out)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("EmbeddingEvent")
        .hasMessageEndingWith("Required field 'model' was not present!")
        .as("libthrift's own message holds the struct with its payload")
        .hasNoCause();
  }

  @Test
  void theSnapshotOfVersion1ShouldStayReadable() throws IOException {
    byte[] written =
        StoredBytes.written(
            out ->
                TypeSerializerSnapshot.writeVersionedSnapshot(
                    out, RECORDS.snapshotConfiguration()));

    assertThat(written).isEqualTo(StoredBytes.read("record-serializer-v1.hex"));
    TypeSerializerSnapshot<DataRecord> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            StoredBytes.input(StoredBytes.read("record-serializer-v1.hex")),
            getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(RECORDS);
    assertThat(RECORDS.snapshotConfiguration().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
  }

  @Test
  void givenTheSnapshotOfAnotherStructThenItIsIncompatible() {
    TypeSerializerSnapshot<?> events =
        new ThriftSerializer<>(EmbeddingEvent.class).snapshotConfiguration();
    @SuppressWarnings("unchecked")
    TypeSerializerSnapshot<DataRecord> old = (TypeSerializerSnapshot<DataRecord>) events;

    assertThat(RECORDS.snapshotConfiguration().resolveSchemaCompatibility(old).isIncompatible())
        .isTrue();
  }

  @Test
  void givenASnapshotOfAClassThatIsGoneThenTheErrorNamesIt() {
    byte[] snapshot = StoredBytes.bytes("00000008 \"com.Gone\"");

    assertThatThrownBy(
            () ->
                new ThriftSerializer.Snapshot<DataRecord>()
                    .readSnapshot(1, StoredBytes.input(snapshot), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("com.Gone");
  }
}
