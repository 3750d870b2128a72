package io.embeddingexport.table;

import static io.embeddingexport.table.TypeCase.KEY;
import static io.embeddingexport.table.TypeCase.feature;
import static io.embeddingexport.table.TypeCase.raw;
import static io.embeddingexport.table.TypeCase.strings;
import static io.embeddingexport.table.TypeCase.tensor;
import static io.embeddingexport.table.TypeCase.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.thrift.BoolTensor;
import io.embeddingexport.thrift.DoubleTensor;
import io.embeddingexport.thrift.FloatTensor;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.Int32Tensor;
import io.embeddingexport.thrift.Int64Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type, both ways. */
class ColumnTypesTest {
  private static final String TYPED = "typed-tensors=c";
  private static final String SCALAR = "scalar-tensors=c";
  private static final GenericArrayData FLOATS = floats(0.5f, -1.5f);
  private static final String FLOATS_HEX = "0000003f0000c0bf";
  private static final GenericArrayData INTS = new GenericArrayData(new int[] {1, 2});
  private static final String INTS_HEX = "0100000002000000";

  static Stream<TypeCase> features() {
    return Stream.of(
        feature("BOOLEAN", true, record -> record.setBinaryFeatures(Set.of(KEY))),
        feature("BOOLEAN", false, record -> {}),
        feature("TINYINT", (byte) -7, record -> record.setDiscreteFeatures(Map.of(KEY, -7L))),
        feature("SMALLINT", (short) 300, record -> record.setDiscreteFeatures(Map.of(KEY, 300L))),
        feature("INT", -70_000, record -> record.setDiscreteFeatures(Map.of(KEY, -70_000L))),
        feature("BIGINT", 1L << 40, record -> record.setDiscreteFeatures(Map.of(KEY, 1L << 40))),
        feature("FLOAT", 0.1f, record -> record.setContinuousFeatures(Map.of(KEY, (double) 0.1f))),
        feature("DOUBLE", 0.1, record -> record.setContinuousFeatures(Map.of(KEY, 0.1))),
        feature("STRING", text("né"), record -> record.setStringFeatures(Map.of(KEY, "né"))),
        feature("CHAR(2)", text("ab"), record -> record.setStringFeatures(Map.of(KEY, "ab"))),
        feature(
            "BYTES",
            new byte[] {-1, 0},
            record -> record.setBlobFeatures(Map.of(KEY, ByteBuffer.wrap(new byte[] {-1, 0})))),
        feature(
            "MAP<STRING, DOUBLE>",
            new GenericMapData(Map.of(text("a"), 0.1)),
            record -> record.setSparseContinuousFeatures(Map.of(KEY, Map.of("a", 0.1)))),
        feature(
            "MAP<STRING, FLOAT>",
            new GenericMapData(Map.of(text("a"), 0.5f)),
            record -> record.setSparseContinuousFeatures(Map.of(KEY, Map.of("a", 0.5)))),
        feature(
            "MULTISET<STRING>",
            new GenericMapData(Map.of(text("a"), 1)),
            record -> record.setSparseBinaryFeatures(Map.of(KEY, Set.of("a")))));
  }

  static Stream<TypeCase> nulls() {
    return Stream.of(
            "TINYINT",
            "SMALLINT",
            "INT",
            "BIGINT",
            "FLOAT",
            "DOUBLE",
            "STRING",
            "BYTES",
            "MAP<STRING, DOUBLE>",
            "MULTISET<STRING>",
            "ARRAY<FLOAT>",
            "ARRAY<ARRAY<STRING>>")
        .map(type -> feature(type, null, record -> {}));
  }

  static Stream<TypeCase> tensors() {
    return Stream.of(
        tensor("ARRAY<FLOAT>", "", FLOATS, raw(0, FLOATS_HEX, 2)),
        tensor("ARRAY<FLOAT NOT NULL> NOT NULL", "", FLOATS, raw(0, FLOATS_HEX, 2)),
        tensor("ARRAY<FLOAT>", "", floats(), raw(0, "", 0)),
        tensor(
            "ARRAY<DOUBLE>",
            "",
            new GenericArrayData(new double[] {0.5}),
            raw(1, "000000000000e03f", 1)),
        tensor("ARRAY<INT>", "", INTS, raw(2, INTS_HEX, 2)),
        tensor(
            "ARRAY<BIGINT>",
            "",
            new GenericArrayData(new long[] {-2}),
            raw(3, "feffffffffffffff", 1)),
        tensor(
            "ARRAY<SMALLINT>", "", new GenericArrayData(new short[] {0, 255}), raw(4, "00ff", 2)),
        tensor(
            "ARRAY<BOOLEAN>",
            "",
            new GenericArrayData(new boolean[] {true, false}),
            raw(7, "0100", 2)),
        tensor("ARRAY<STRING>", "", array(text("né"), text("")), strings(List.of(2L), "né", "")),
        tensor(
            "ARRAY<BYTES>",
            "",
            array(new byte[] {'n'}, new byte[0]),
            strings(List.of(2L), "n", "")),
        tensor(
            "ARRAY<ARRAY<FLOAT>>",
            "",
            array(floats(0.5f), floats(-1.5f)),
            raw(0, FLOATS_HEX, 2, 1)),
        tensor(
            "ARRAY<ARRAY<STRING>>",
            "",
            array(array(text("a"), text("b"))),
            strings(List.of(1L, 2L), "a", "b")),
        tensor("ARRAY<ARRAY<ARRAY<INT>>>", "", array(array(INTS)), raw(2, INTS_HEX, 1, 1, 2)),
        tensor("ARRAY<ARRAY<INT>>", "", array(), raw(2, "", 0, 0)),
        tensor("ARRAY<ARRAY<FLOAT>>", "", array(floats(), floats()), raw(0, "", 2, 0)));
  }

  static Stream<TypeCase> shapedTensors() {
    return Stream.of(
        tensor("ARRAY<INT>", "shapes=c:[2,1]", INTS, raw(2, INTS_HEX, 2, 1)),
        tensor("ARRAY<INT>", "shapes=c:[-1, 2]", INTS, raw(2, INTS_HEX, 1, 2)),
        tensor("ARRAY<ARRAY<INT>>", "shapes=c:[-1,2]", array(INTS), raw(2, INTS_HEX, 1, 2)),
        tensor("ARRAY<ARRAY<INT>>", "shapes=c:[-1,3]", array(), raw(2, "", 0, 3)));
  }

  static Stream<TypeCase> scalarTensors() {
    return Stream.of(
        tensor("FLOAT", SCALAR, 0.5f, raw(0, "0000003f")),
        tensor("DOUBLE", SCALAR, 0.5, raw(1, "000000000000e03f")),
        tensor("INT", SCALAR, -1, raw(2, "ffffffff")),
        tensor("BIGINT", SCALAR, -2L, raw(3, "feffffffffffffff")),
        tensor("SMALLINT", SCALAR, (short) 255, raw(4, "ff")),
        tensor("BOOLEAN", SCALAR, false, raw(7, "00")),
        tensor("STRING", SCALAR, text("a"), strings(List.of(), "a")),
        tensor("BYTES", SCALAR, new byte[] {'a'}, strings(List.of(), "a")));
  }

  static Stream<TypeCase> typedTensors() {
    List<Long> shape = List.of(1L);
    return Stream.of(
        tensor(
            "ARRAY<FLOAT>",
            TYPED,
            floats(0.5f),
            GeneralTensor.floatTensor(new FloatTensor(List.of(0.5)).setShape(shape))),
        tensor(
            "ARRAY<DOUBLE>",
            TYPED,
            new GenericArrayData(new double[] {0.1}),
            GeneralTensor.doubleTensor(new DoubleTensor(List.of(0.1)).setShape(shape))),
        tensor(
            "ARRAY<INT>",
            TYPED,
            new GenericArrayData(new int[] {3}),
            GeneralTensor.int32Tensor(new Int32Tensor(List.of(3)).setShape(shape))),
        tensor(
            "ARRAY<BIGINT>",
            TYPED,
            new GenericArrayData(new long[] {3}),
            GeneralTensor.int64Tensor(new Int64Tensor(List.of(3L)).setShape(shape))),
        tensor(
            "ARRAY<BOOLEAN>",
            TYPED,
            new GenericArrayData(new boolean[] {true}),
            GeneralTensor.boolTensor(new BoolTensor(List.of(true)).setShape(shape))));
  }

  static Stream<TypeCase> all() {
    return Stream.of(
            features(), nulls(), tensors(), shapedTensors(), scalarTensors(), typedTensors())
        .flatMap(cases -> cases);
  }

  @ParameterizedTest
  @MethodSource("all")
  void writeShouldEqualLibthriftByteForByte(TypeCase given) {
    DataRecordSerializationSchema schema =
        new DataRecordSerializationSchema(given.row(), given.options());

    assertThat(schema.serialize(GenericRowData.of(given.value()))).isEqualTo(given.record());
  }

  @ParameterizedTest
  @MethodSource("all")
  void readShouldBeTheInverseOfWrite(TypeCase given) throws Exception {
    RowData row = given.reader().deserialize(given.record());

    assertThat(row).isInstanceOf(GenericRowData.class);
    assertThat(((GenericRowData) row).getField(0)).isEqualTo(given.value());
  }

  private static GenericArrayData floats(float... elements) {
    return new GenericArrayData(elements);
  }

  private static GenericArrayData array(Object... elements) {
    return new GenericArrayData(elements);
  }
}
