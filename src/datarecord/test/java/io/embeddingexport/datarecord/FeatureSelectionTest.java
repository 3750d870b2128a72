package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSelectionTest {
  /** A selection of none, of one, of few, and of many. */
  private static final int[] SIZES = {0, 1, 3, 6};

  @Property(tries = 300)
  void selectedReadShouldBeTheReadWithoutTheOthers(@ForAll("records") DataRecordView record)
      throws MalformedRecordException {
    byte[] bytes = new DataRecordWriter().addAll(record).write();

    for (int size : SIZES) {
      FeatureSelection selection = Selections.someOf(record, size);
      assertThat(DataRecordReader.read(bytes, selection))
          .isEqualTo(Selections.only(record, selection));
    }
  }

  @Test
  void givenARawTensorWhoseShapeContradictsItsContentWhenSkippedThenItIsRefused() {
    byte[] record = new DataRecordWriter().tensor(1, Tensor.ofFloats(null, 1, 2)).write();
    record[record.length - 4] = 3;

    assertThatThrownBy(() -> DataRecordReader.read(record, FeatureSelection.of()))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("a shape of 3 elements (rank 1) on a tensor of 2");
  }

  /** Extents whose product with the element's size is the content's only in 64 bits, and others. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 1L << 61, 1L << 62, Long.MIN_VALUE, -(1L << 61)})
  void givenAnEmptyVectorOfAnotherExtentWhenSkippedThenItIsRefused(long extent) {
    byte[] record = new DataRecordWriter().tensor(1, Tensor.ofLongs(null)).write();
    ByteBuffer.wrap(record).putLong(record.length - 3 - Long.BYTES, extent);

    assertThat(Selections.refusal(record, FeatureSelection.of()))
        .startsWith("SHAPE_CONTRADICTS_CONTENT")
        .isEqualTo(Selections.refusal(record, FeatureSelection.ALL));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, 8, 1 << 16})
  void givenAVectorOfNoDataTypeWhenSkippedThenItIsRefused(int code) {
    byte[] record = new DataRecordWriter().tensor(1, Tensor.ofLongs(null)).write();
    // After the header of the map, the key, and those of union and data type.
    ByteBuffer.wrap(record).putInt(3 + 6 + 8 + 3 + 3, code);

    assertThat(Selections.refusal(record, FeatureSelection.of()))
        .startsWith("UNKNOWN_DATA_TYPE")
        .isEqualTo(Selections.refusal(record, FeatureSelection.ALL));
  }

  @Test
  void selectionShouldNameItsFeatures() {
    assertThat(FeatureSelection.of(3, 1, 3)).hasToString("features [1, 3]");
    assertThat(FeatureSelection.ALL).hasToString("all features");
  }

  @Provide
  Arbitrary<DataRecordView> records() {
    return Records.records();
  }
}
