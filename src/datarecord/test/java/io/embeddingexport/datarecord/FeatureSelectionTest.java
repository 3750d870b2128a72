package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;
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
      FeatureSelection selection = someOf(record, size);
      assertThat(DataRecordReader.read(bytes, selection)).isEqualTo(only(record, selection));
    }
  }

  @Property(tries = 2000)
  @Tag("fuzz")
  void whatIsMalformedShouldNotDependOnTheSelection(
      @ForAll("records") DataRecordView record,
      @ForAll @Size(max = 3) int[] positions,
      @ForAll @Size(3) byte[] values) {
    byte[] bytes = new DataRecordWriter().addAll(record).write();
    for (int i = 0; i < positions.length; i++) {
      bytes[Math.floorMod(positions[i], bytes.length)] = values[i];
    }

    String whole = refusal(bytes, FeatureSelection.ALL);
    for (int size : SIZES) {
      assertThat(refusal(bytes, someOf(record, size))).isEqualTo(whole);
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

    assertThat(refusal(record, FeatureSelection.of()))
        .startsWith("SHAPE_CONTRADICTS_CONTENT")
        .isEqualTo(refusal(record, FeatureSelection.ALL));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, 8, 1 << 16})
  void givenAVectorOfNoDataTypeWhenSkippedThenItIsRefused(int code) {
    byte[] record = new DataRecordWriter().tensor(1, Tensor.ofLongs(null)).write();
    // After the header of the map, the key, and those of union and data type.
    ByteBuffer.wrap(record).putInt(3 + 6 + 8 + 3 + 3, code);

    assertThat(refusal(record, FeatureSelection.of()))
        .startsWith("UNKNOWN_DATA_TYPE")
        .isEqualTo(refusal(record, FeatureSelection.ALL));
  }

  @Test
  void selectionShouldNameItsFeatures() {
    assertThat(FeatureSelection.of(3, 1, 3)).hasToString("features [1, 3]");
    assertThat(FeatureSelection.ALL).hasToString("all features");
  }

  private static String refusal(byte[] bytes, FeatureSelection selection) {
    try {
      DataRecordReader.read(bytes, selection);
      return "";
    } catch (MalformedRecordException e) {
      return e.reason() + " " + e.getMessage();
    }
  }

  private static FeatureSelection someOf(DataRecordView record, int size) {
    return FeatureSelection.of(
        LongStream.of(
                last(record.binaryFeatures()),
                last(record.stringFeatures().keySet()),
                last(record.sparseBinaryFeatures().keySet()),
                last(record.blobFeatures().keySet()),
                last(record.tensors().keySet()),
                last(record.sparseTensors().keySet()))
            .limit(size)
            .toArray());
  }

  private static long last(Iterable<Long> ids) {
    long last = 17;
    for (long id : ids) {
      last = id;
    }
    return last;
  }

  private static DataRecordView only(DataRecordView record, FeatureSelection selection) {
    return new DataRecordView(
        record.binaryFeatures().stream().filter(selection::has).collect(Collectors.toSet()),
        only(record.continuousFeatures(), selection),
        only(record.discreteFeatures(), selection),
        only(record.stringFeatures(), selection),
        only(record.sparseBinaryFeatures(), selection),
        only(record.sparseContinuousFeatures(), selection),
        only(record.blobFeatures(), selection),
        only(record.tensors(), selection),
        only(record.sparseTensors(), selection));
  }

  private static <V> Map<Long, V> only(Map<Long, V> features, FeatureSelection selection) {
    Map<Long, V> selected = new LinkedHashMap<>(features);
    selected.keySet().removeIf(id -> !selection.has(id));
    return selected;
  }

  @Provide
  Arbitrary<DataRecordView> records() {
    return Records.records();
  }
}
