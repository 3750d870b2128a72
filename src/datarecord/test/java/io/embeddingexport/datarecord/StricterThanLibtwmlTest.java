package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.MalformedRecordException.Reason;
import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The forms of ADR 7 that libtwml accepts and we refuse, beside those of {@link
 * GoldenVectors#STRICTER}. The bytes are written by hand.
 */
class StricterThanLibtwmlTest {
  private static final String KEY = "0000000000000007 ";

  /** A list of i64, the elements' type included. */
  private static String longs(long... elements) {
    StringBuilder list = new StringBuilder("0a " + "%08x ".formatted(elements.length));
    for (long element : elements) {
      list.append("%016x ".formatted(element));
    }
    return list.toString();
  }

  /** A list of doubles 1.0, the elements' type included. */
  private static String doubles(int count) {
    return "04 " + "%08x ".formatted(count) + "3ff0000000000000 ".repeat(count);
  }

  /** A FloatTensor in its union. */
  private static String floats(int count, String shape) {
    return "0c 0005 0f 0001 " + doubles(count) + shape + "00 00 ";
  }

  private static String shape(long... extents) {
    return "0f 0002 " + longs(extents);
  }

  private static String tensors(String... values) {
    return "0d 0008 0a 0c "
        + "%08x ".formatted(values.length)
        + KEY
        + String.join(KEY, values)
        + "00";
  }

  private static String dense(long... extents) {
    return "0f 0001 " + longs(extents);
  }

  private static String indices(long... indices) {
    return "0c 0002 0f 0001 " + longs(indices) + "00 ";
  }

  private static String values(int count) {
    return "0c 0003 " + floats(count, "");
  }

  private static String coo(String... fields) {
    return "0d 0009 0a 0c 00000001 " + KEY + "0c 0001 " + String.join("", fields) + "00 00 00";
  }

  static Stream<Arguments> refused() {
    Reason shape = Reason.SHAPE_CONTRADICTS_CONTENT;
    Reason type = Reason.WRONG_TYPE;
    return Stream.of(
        Arguments.of("empty shape, two elements", tensors(floats(2, shape())), shape),
        Arguments.of("empty shape, no element", tensors(floats(0, shape())), shape),
        Arguments.of("negative dense extent", coo(dense(-2), indices(0), values(1)), shape),
        Arguments.of("index at the extent", coo(dense(2), indices(2), values(1)), shape),
        Arguments.of("negative index", coo(dense(2), indices(-1), values(1)), shape),
        Arguments.of(
            "second index outside", coo(dense(2, 3), indices(1, 2, 1, 3), values(2)), shape),
        Arguments.of("more tuples than values", coo(dense(9), indices(1, 2), values(1)), shape),
        Arguments.of("more values than tuples", coo(dense(9), indices(1), values(2)), shape),
        Arguments.of("half a tuple", coo(dense(2, 3), indices(1, 2, 1), values(2)), shape),
        Arguments.of("dense shape an i64", coo("0a 0001 " + KEY, indices(1), values(1)), type),
        Arguments.of(
            "dense shape of i32",
            coo("0f 0001 08 00000001 00000009 ", indices(1), values(1)),
            type),
        Arguments.of("indices a list", coo(dense(9), "0f 0002 " + longs(1), values(1)), type),
        Arguments.of("values a list", coo(dense(9), indices(1), "0f 0003 " + doubles(1)), type),
        Arguments.of(
            "defect in the first of two equal keys",
            tensors(floats(2, shape(3)), floats(1, shape(1))),
            shape),
        Arguments.of(
            "defect in the second of two equal keys",
            tensors(floats(1, shape(1)), floats(2, shape(3))),
            shape));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void theFormIsRefusedWithItsReason(String form, String hex, Reason reason) {
    assertThatExceptionOfType(MalformedRecordException.class)
        .isThrownBy(() -> DataRecordReader.read(unhex(hex.replace(" ", ""))))
        .extracting(MalformedRecordException::reason)
        .isEqualTo(reason);
  }

  /** The bytes that follow would often be read as the right type. */
  @ParameterizedTest
  @CsvSource({
    "0c0001 080001 00000000 0b0002 00000004 0000803f 0f0003 0a 00000001 0000000000000001 00 00,"
        + " 0 3 10 21",
    "0c0003 0f0001 08 00000001 00000007 0f0002 0a 00000001 0000000000000001 00 00, 0 3 15"
  })
  void aFieldOfATensorThatHasAnotherTypeIsRefused(String hex, String fields) throws Exception {
    byte[] tensor = unhex(hex.replace(" ", ""));
    TensorReader.read(new ThriftReader(tensor, 0, tensor.length));

    for (String field : fields.split(" ")) {
      requireTheTypeOf(
          Integer.parseInt(field),
          tensor,
          bytes -> TensorReader.read(new ThriftReader(bytes, 0, bytes.length)));
    }
  }

  /** The union is at byte 17, its dense shape at 20, the indices at 36, the values at 56. */
  @Test
  void aFieldOfASparseTensorThatHasAnotherTypeIsRefused() throws Exception {
    byte[] record = unhex(coo(dense(9), indices(1), values(1)).replace(" ", ""));
    DataRecordReader.read(record);

    for (int field : new int[] {17, 20, 36, 56}) {
      requireTheTypeOf(field, record, DataRecordReader::read);
    }
  }

  private interface Read {
    void read(byte[] bytes) throws Exception;
  }

  private static void requireTheTypeOf(int field, byte[] bytes, Read read) {
    byte right = bytes[field];
    for (int type = 1; type < 128; type++) {
      if (type != right) {
        byte[] wrong = bytes.clone();
        wrong[field] = (byte) type;
        assertThatThrownBy(() -> read.read(wrong))
            .isInstanceOfAny(MalformedRecordException.class, MalformedThriftException.class)
            .hasMessage("byte %d: Thrift type %d where %d belongs", field, type, right);
      }
    }
  }

  /** Without the defect each is read: nothing else in the bytes is refused. */
  @Test
  void theSoundFormsBesideThemAreRead() throws Exception {
    for (String sound :
        List.of(
            tensors(floats(1, shape())),
            tensors(floats(2, shape(2))),
            tensors(floats(1, shape(1)), floats(1, shape(1))),
            coo(dense(2), indices(1), values(1)),
            coo(dense(2, 3), indices(1, 2, 1, 0), values(2)))) {
      DataRecordReader.read(unhex(sound.replace(" ", "")));
    }
  }

  @Test
  void repeatsInASparseFeatureCollapse() throws Exception {
    String a = "00000001 61 ";
    DataRecordView binary =
        DataRecordReader.read(
            unhex(
                ("0d 0005 0a 0e 00000001 " + KEY + "0b 00000002 " + a + a + "00")
                    .replace(" ", "")));
    DataRecordView continuous =
        DataRecordReader.read(
            unhex(
                ("0d 0006 0a 0d 00000001 "
                        + KEY
                        + "0b 04 00000002 "
                        + (a + "3ff0000000000000 ")
                        + (a + "4000000000000000 ")
                        + "00")
                    .replace(" ", "")));

    assertThat(binary.sparseBinaryFeatures().get(7L)).containsExactly(Bytes.ofUtf8("a"));
    assertThat(continuous.sparseContinuousFeatures().get(7L))
        .isEqualTo(Map.of(Bytes.ofUtf8("a"), 2.0));
  }
}
