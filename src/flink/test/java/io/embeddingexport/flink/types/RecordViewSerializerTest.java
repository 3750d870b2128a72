package io.embeddingexport.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordView;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.datarecord.Tensor;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.Test;

class RecordViewSerializerTest extends SerializerTestBase<DataRecordView> {
  private static final String SNAPSHOT =
      "003c"
          + "696f2e656d62656464696e676578706f72742e666c696e6b2e74797065732e"
          + "5265636f72645669657753657269616c697a657224536e617073686f74";

  private static final byte[] RECORD =
      new DataRecordWriter().tensor(7301, Tensor.ofFloats(null, 1, -2)).write();

  @Override
  protected TypeSerializer<DataRecordView> createSerializer() {
    return RecordViewSerializer.INSTANCE;
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<DataRecordView> getTypeClass() {
    return DataRecordView.class;
  }

  @Override
  protected DataRecordView[] getTestData() {
    return new DataRecordView[] {
      RecordViewSerializer.INSTANCE.createInstance(),
      read(RECORD),
      read(
          new DataRecordWriter()
              .binary(1)
              .continuous(2, -0.5)
              .discrete(3, Long.MIN_VALUE)
              .string(4, Bytes.ofUtf8("ü"))
              .tensor(5, Tensor.ofStrings(null, List.of(new byte[] {0, -1})))
              .write())
    };
  }

  private static DataRecordView read(byte[] bytes) {
    try {
      return DataRecordReader.read(bytes);
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRecordIsItsBytesAfterTheirLength() throws IOException {
    DataRecordView record = read(RECORD);

    assertThat(StoredBytes.written(out -> RecordViewSerializer.INSTANCE.serialize(record, out)))
        .startsWith(0, 0, 0, RECORD.length)
        .endsWith(RECORD)
        .hasSize(Integer.BYTES + RECORD.length);
  }

  @Test
  void givenBytesThatAreNoRecordThenTheyAreRefusedWithTheReason() {
    assertThatThrownBy(
            () ->
                RecordViewSerializer.INSTANCE.deserialize(
                    StoredBytes.input(StoredBytes.bytes("00000002 0d00"))))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("2 bytes that are no DataRecord: ");
  }

  @Test
  void formatsOfEarlierReleasesStayReadable() throws IOException {
    SnapshotFormats.assertReadable(RecordViewSerializer.INSTANCE, SNAPSHOT, 1);
    SnapshotFormats.assertLaterRefused(RecordViewSerializer.INSTANCE, SNAPSHOT, 1);
  }
}
