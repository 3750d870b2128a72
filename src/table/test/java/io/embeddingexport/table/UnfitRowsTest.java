package io.embeddingexport.table;

import static io.embeddingexport.table.TypeCase.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;

/** Rows that no record can hold. */
class UnfitRowsTest {

  @Test
  void aNullElementShouldBeRefused() {
    assertRefused("ARRAY<FLOAT>", "", array(0.5f, null), "element 1 is NULL");
    assertRefused("ARRAY<ARRAY<FLOAT>>", "", array((Object) null), "array 0 is NULL");
  }

  @Test
  void aNullInAMapShouldBeRefused() {
    Map<StringData, Double> values = new HashMap<>();
    values.put(StringData.fromString("a"), null);

    assertRefused("MAP<STRING, DOUBLE>", "", new GenericMapData(values), "value 0 is NULL");
  }

  @Test
  void raggedArraysShouldBeRefused() {
    assertRefused(
        "ARRAY<ARRAY<FLOAT>>",
        "",
        array(new GenericArrayData(new float[1]), new GenericArrayData(new float[2])),
        "arrays of 1 and 2 elements side by side, which make no tensor");
  }

  @Test
  void anotherShapeThanTheColumnsShouldBeRefused() {
    GenericArrayData two = new GenericArrayData(new float[2]);

    assertRefused("ARRAY<FLOAT>", "shapes=c:[3]", two, "2 elements where shape [3] belongs");
    assertRefused(
        "ARRAY<ARRAY<FLOAT>>",
        "shapes=c:[-1,3]",
        array(two),
        "shape [1,2] where shape [-1,3] belongs");
  }

  @Test
  void anUnsignedByteOutOfRangeShouldBeRefused() {
    assertRefused(
        "ARRAY<SMALLINT>",
        "",
        new GenericArrayData(new short[] {256}),
        "an element is 256; UINT8 is 0 to 255");
  }

  @Test
  void givenAnEmptyMapThenThereShouldBeNoFeature() {
    assertThat(write("MAP<STRING, DOUBLE>", "", new GenericMapData(Map.of()))).containsExactly(0);
  }

  private static void assertRefused(String type, String option, Object value, String problem) {
    assertThatThrownBy(() -> write(type, option, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column 'c' (feature 7301): " + problem);
  }

  private static byte[] write(String type, String option, Object value) {
    return new DataRecordSerializationSchema(
            row(type), new TypeCase(type, option, value, new byte[0]).options())
        .serialize(GenericRowData.of(value));
  }

  private static GenericArrayData array(Object... elements) {
    return new GenericArrayData(elements);
  }
}
