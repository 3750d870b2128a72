package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import io.embeddingexport.datarecord.wire.MalformedThriftException.Fault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataRecordReaderTest {
  private static final String ID = "0000000000000001";

  @ParameterizedTest
  @EnumSource
  void everyFaultShouldBeAReason(Fault fault) {
    assertThat(Reason.valueOf(fault.name()).name()).isEqualTo(fault.name());
  }

  @Test
  void tensorsShouldComeInWireOrder() throws MalformedRecordException {
    DataRecordWriter writer = new DataRecordWriter();
    for (long key : new long[] {9, -4, 1L << 50, 0}) {
      writer.tensor(key, Tensor.ofInts(null, (int) key));
    }

    assertThat(DataRecordReader.read(writer.write()).tensors().keySet())
        .containsExactly(9L, -4L, 1L << 50, 0L);
  }

  @Test
  void everyMethodOfTheWriterShouldReturnIt() throws MalformedRecordException {
    DataRecordWriter writer = new DataRecordWriter();
    Bytes text = Bytes.ofUtf8("a");
    Tensor longs = Tensor.ofLongs(null, 0);

    assertThat(
            List.of(
                writer.binary(1),
                writer.continuous(1, 0.5),
                writer.discrete(1, 2),
                writer.string(1, text),
                writer.sparseBinary(1, List.of(text)),
                writer.sparseContinuous(1, Map.of(text, 0.5)),
                writer.blob(1, text),
                writer.tensor(1, longs),
                writer.sparseTensor(1, new SparseTensor(null, longs, longs)),
                writer.addAll(DataRecordReader.read(new byte[1]))))
        .allMatch(returned -> returned == writer);
  }

  @Test
  void payloadsShouldBeViewsOfTheRecord() throws MalformedRecordException {
    byte[] record = new DataRecordWriter().blob(1, Bytes.ofUtf8("abc")).write();
    Bytes blob = DataRecordReader.read(record).blobFeatures().get(1L);

    record[record.length - 2] = 'x';

    assertThat(blob.utf8()).isEqualTo("abx");
  }

  @Test
  void sparseValuesUnderOneIdShouldMerge() throws MalformedRecordException {
    DataRecordView binary =
        read(
            "0d 0005 0a 0e 00000002"
                + ID
                + "0b 00000001 00000001 61"
                + ID
                + "0b 00000001 00000001 62 00");
    DataRecordView continuous =
        read(
            "0d 0006 0a 0d 00000002"
                + (ID + "0b 04 00000001 00000001 61 3ff0000000000000")
                + (ID + "0b 04 00000001 00000001 61 4000000000000000 00"));

    assertThat(binary.sparseBinaryFeatures().get(1L))
        .containsExactly(Bytes.ofUtf8("a"), Bytes.ofUtf8("b"));
    assertThat(continuous.sparseContinuousFeatures().get(1L))
        .isEqualTo(Map.of(Bytes.ofUtf8("a"), 2.0));
  }

  @Test
  void givenOnlyNaNUnderAnIdWhenReadThenTheIdHasNoValuesAndIsNotWrittenAgain()
      throws MalformedRecordException {
    DataRecordView view =
        read("0d 0006 0a 0d 00000001" + ID + "0b 04 00000001 00000001 61 7ff8000000000000 00");

    assertThat(view.sparseContinuousFeatures()).isEqualTo(Map.of(1L, Map.of()));
    assertThat(new DataRecordWriter().addAll(view).write()).containsExactly(0);
  }

  @Test
  void viewsShouldBeUnmodifiable() throws MalformedRecordException {
    DataRecordView view =
        DataRecordReader.read(
            new DataRecordWriter()
                .binary(1)
                .discrete(2, 3)
                .sparseBinary(4, List.of())
                .sparseContinuous(5, Map.of(Bytes.ofUtf8("k"), 1.0))
                .write());

    assertThatThrownBy(() -> view.binaryFeatures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.discreteFeatures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.sparseBinaryFeatures().get(4L).add(Bytes.ofUtf8("a")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> view.sparseContinuousFeatures().get(5L).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(view).hasToString("record of 4 features, tensors {}, 0 sparse tensors");
  }

  @Test
  void toStringShouldCountTheFeaturesOfEveryField() throws MalformedRecordException {
    Bytes text = Bytes.ofUtf8("secret");
    DataRecordView view =
        DataRecordReader.read(
            new DataRecordWriter()
                .binary(1)
                .continuous(1, 0.5)
                .continuous(2, 0.5)
                .discrete(1, 1)
                .string(1, text)
                .string(2, text)
                .sparseBinary(1, Set.of(text))
                .sparseContinuous(1, Map.of(text, 0.5))
                .sparseContinuous(2, Map.of(text, 0.5))
                .blob(1, text)
                .tensor(3, Tensor.ofInts(null, 1))
                .write());

    assertThat(view)
        .hasToString("record of 10 features, tensors {3=INT32[1] RAW}, 0 sparse tensors");
  }

  private static DataRecordView read(String hex) throws MalformedRecordException {
    return DataRecordReader.read(unhex(hex.replace(" ", "")));
  }
}
