package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.embeddingexport.datarecord.GoldenVectors.Vector;
import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseTensorTest {
  private static final Tensor VALUES = Tensor.ofDoubles(null, 0.5, 1.5);

  @Test
  void writeShouldGiveTheBytesThatWereRead() throws MalformedRecordException {
    // The one vector that leaves out no shape: those we always write.
    Vector vector =
        GoldenVectors.reads()
            .filter(each -> each.name().equals("read/sparse-float-2d"))
            .findFirst()
            .orElseThrow();
    DataRecordView view = DataRecordReader.read(vector.bytes());

    assertThat(view.sparseTensors()).hasSize(1);
    assertThat(new DataRecordWriter().addAll(view).write()).isEqualTo(vector.bytes());
  }

  @Test
  void indicesShouldBeKeptInTheEncodingOfTheWire() {
    SparseTensor tensor = new SparseTensor(List.of(10L), Tensor.ofLongs(null, 1, 7), VALUES);

    assertThat(tensor.indices().encoding()).isEqualTo(TensorEncoding.INT64);
    assertThat(tensor.indices().toLongs()).containsExactly(1, 7);
  }

  @Test
  void givenADenseShapeOfMoreElementsThanAnyTensorThenItIsTaken() {
    List<Long> vast = List.of(1L << 62, 1L << 62);
    Tensor indices = Tensor.ofLongs(Shape.of(2, 2), 0, (1L << 62) - 1, 1, 2);

    assertThat(new SparseTensor(vast, indices, VALUES).denseShape()).isEqualTo(vast);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7, index 7 in a dimension of 7",
    "7, -1, index -1 in a dimension of 7",
    "0, 0, index 0 in a dimension of 0",
    "-1, 0, dimension 0 of the dense shape is -1"
  })
  void givenAnIndexOutsideTheDenseShapeThenItIsRefused(long dim, long index, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new SparseTensor(List.of(dim), Tensor.ofLongs(null, index, index), VALUES))
        .withMessage(message);
  }

  @Test
  void givenIndicesAndValuesOfDifferentCountThenTheyAreRefused() {
    Tensor three = Tensor.ofLongs(null, 0, 1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SparseTensor(List.of(9L), three, VALUES))
        .withMessage("3 indices for 2 values of rank 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SparseTensor(null, three, VALUES))
        .withMessage("3 indices for 2 values");
  }

  @Test
  void givenNoValuesThenThereAreNoIndices() {
    Tensor none = Tensor.ofDoubles(null);

    for (List<Long> denseShape : Arrays.asList(null, List.of(0L), List.<Long>of())) {
      assertThat(new SparseTensor(denseShape, Tensor.ofLongs(null), none).denseShape())
          .isEqualTo(denseShape);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SparseTensor(denseShape, Tensor.ofLongs(null, 0), none))
          .withMessageStartingWith("1 indices for 0 values");
    }
  }

  @Test
  void givenAContradictionOnTheWireThenItIsMalformed() throws MalformedRecordException {
    SparseTensor tensor = new SparseTensor(List.of(10L), Tensor.ofLongs(null, 1, 7), VALUES);
    byte[] record = new DataRecordWriter().sparseTensor(3, tensor).write();
    int lastByteOfTheDenseShape = 3 + 6 + 8 + 3 + 8 + 8 - 1;
    assertThat(record[lastByteOfTheDenseShape]).isEqualTo((byte) 10);
    record[lastByteOfTheDenseShape] = 7;

    assertThatExceptionOfType(MalformedRecordException.class)
        .isThrownBy(() -> DataRecordReader.read(record))
        .withMessageContaining("index 7 in a dimension of 7")
        .extracting(MalformedRecordException::reason)
        .isEqualTo(Reason.SHAPE_CONTRADICTS_CONTENT);
  }
}
