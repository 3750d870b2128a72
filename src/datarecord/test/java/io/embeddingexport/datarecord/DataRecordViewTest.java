package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DataRecordViewTest {
  private static final FeatureNames NAMES =
      new FeatureNames(Map.of("taste", 7301L, "history", 7302L));

  private static final byte[] RECORD =
      new DataRecordWriter()
          .tensor(7301, Tensor.ofFloats(null, 0.5f, -1.5f))
          .tensor(7303, Tensor.ofRaw(DataType.UINT8, null, new byte[] {1, -1}))
          .write();

  @Test
  void aTensorIsFoundByItsKeyAndByItsName() throws MalformedRecordException {
    DataRecordView record = DataRecordReader.read(RECORD);

    assertThat(record.floats(7301)).containsExactly(0.5f, -1.5f);
    assertThat(record.floats("taste", NAMES)).containsExactly(0.5f, -1.5f);
    assertThat(record.tensor(7303).toBytes()).containsExactly(1, -1);
    assertThat(record.tensor(7302)).isNull();
  }

  @Test
  void whatIsMissingIsNamedWithWhatThereIs() throws MalformedRecordException {
    DataRecordView record = DataRecordReader.read(RECORD);

    assertThatThrownBy(() -> record.floats("history", NAMES))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("the record has no tensor under key 7302; its keys are [7301, 7303]");
    assertThatThrownBy(() -> record.floats("tase", NAMES))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no feature is named 'tase'; there are [history, taste]");
    assertThatThrownBy(() -> record.floats(7303))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("UINT8[2] RAW has no floats");
  }

  @Test
  void floatsAreCopiedIntoTheCallersArray() throws MalformedRecordException {
    Tensor taste = DataRecordReader.read(RECORD).tensor(7301);
    float[] batch = {9, 9, 9, 9};

    taste.copyFloats(batch, 1);

    assertThat(batch).containsExactly(9, 0.5f, -1.5f, 9);
    assertThatThrownBy(() -> taste.copyFloats(batch, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(batch).containsExactly(9, 0.5f, -1.5f, 9);
  }

  @Test
  void aRecordInTheMiddleOfAnArrayIsReadWithoutItsNeighbours() throws MalformedRecordException {
    byte[] bytes = new byte[RECORD.length + 20];
    System.arraycopy(RECORD, 0, bytes, 7, RECORD.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 7, RECORD.length);
    ByteBuffer slice = ByteBuffer.wrap(bytes, 3, RECORD.length + 4).slice().position(4);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().position(7);

    DataRecordView expected = DataRecordReader.read(RECORD);
    assertThat(DataRecordReader.read(bytes, 7, RECORD.length)).isEqualTo(expected);
    assertThat(DataRecordReader.read(buffer)).isEqualTo(expected);
    assertThat(DataRecordReader.read(slice)).isEqualTo(expected);
    assertThat(DataRecordReader.read(buffer.asReadOnlyBuffer())).isEqualTo(expected);
    assertThat(DataRecordReader.read(direct.limit(7 + RECORD.length))).isEqualTo(expected);
    assertThat(buffer.position()).isEqualTo(7);
    assertThat(direct.position()).isEqualTo(7);
  }

  @Test
  void anOffsetCountsFromTheRecordsStart() {
    byte[] bytes = new byte[RECORD.length + 20];
    System.arraycopy(RECORD, 0, bytes, 7, RECORD.length);

    assertThatThrownBy(() -> DataRecordReader.read(bytes, 7, RECORD.length + 1))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("byte " + RECORD.length + ": 1 bytes follow the stop byte")
        .extracting("offset")
        .isEqualTo(RECORD.length);
    assertThatThrownBy(() -> DataRecordReader.read(bytes, 7, 2 * bytes.length))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
