package io.embeddingexport.table;

import static io.embeddingexport.table.TypeCase.KEY;
import static io.embeddingexport.table.TypeCase.raw;
import static io.embeddingexport.table.TypeCase.row;
import static io.embeddingexport.table.TypeCase.serialize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.GeneralTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are no record, or do not fit the table. */
class UnfitRecordsTest {
  private static final byte[] NO_RECORD = {13, 0};

  @Test
  void byDefaultAMalformedMessageShouldFailAndNameTheByteAndTheRemedy() {
    assertThatThrownBy(() -> reader("ARRAY<FLOAT>", "").deserialize(NO_RECORD))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the message is no DataRecord: byte 1: needs 2 bytes, 1 remain; set"
                + " 'datarecord.on-error' to 'skip' or 'column' to go on after such");
  }

  @Test
  void givenSkipWhenAMessageIsMalformedThenThereIsNoRow() throws IOException {
    assertThat(reader("ARRAY<FLOAT>", "on-error=skip").deserialize(NO_RECORD)).isNull();
  }

  @Test
  void givenColumnWhenAMessageIsMalformedThenTheRowHasTheReasonAndTheMessage() throws IOException {
    RowType type = row("ARRAY<FLOAT>");
    DataRecordDeserializationSchema schema =
        new DataRecordDeserializationSchema(
            type,
            type.getFieldNames(),
            options("on-error=column"),
            List.of(RecordMetadata.ERROR, RecordMetadata.RECORD),
            TypeInformation.of(RowData.class));

    assertThat(schema.deserialize(NO_RECORD))
        .isEqualTo(
            GenericRowData.of(
                null,
                StringData.fromString(
                    "the message is no DataRecord: byte 1: needs 2 bytes, 1 remain"),
                NO_RECORD));
    assertThat(schema.deserialize(new byte[1]))
        .isEqualTo(GenericRowData.of(null, null, new byte[1]));
  }

  @Test
  void aTombstoneShouldBeNoRow() throws IOException {
    assertThat(reader("ARRAY<FLOAT>", "").deserialize(null)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ARRAY<DOUBLE> | | a tensor of FLOAT where DOUBLE belongs",
        "ARRAY<ARRAY<FLOAT>> | | a tensor of shape [2] where shape [-1,-1] belongs",
        "ARRAY<FLOAT> | shapes=c:[3] | a tensor of shape [2] where shape [3] belongs",
        "FLOAT | scalar-tensors=c | a tensor of shape [2] where shape [] belongs",
        "DOUBLE NOT NULL | | is absent, and the column is NOT NULL",
      })
  void givenATensorOfTwoFloatsThenAColumnOfAnotherTypeShouldNameBoth(
      String type, String option, String problem) {
    assertRefused(type, option, raw(0, "0000003f0000c0bf", 2), problem);
  }

  @Test
  void givenATensorWithoutShapeThenANestedColumnShouldAskForOne() {
    GeneralTensor tensor = raw(0, "0000003f0000c0bf");
    tensor.getRawTypedTensor().unsetShape();

    assertRefused(
        "ARRAY<ARRAY<FLOAT>>",
        "",
        tensor,
        "a tensor of 2 elements that states no shape where shape [-1,-1] belongs");
  }

  @Test
  void givenAnOpaqueTensorOfStringsThenItShouldBeRefused() {
    assertRefused(
        "ARRAY<STRING>", "", raw(5, "6162", 1), "a raw tensor of STRING, whose strings cannot");
  }

  @Test
  void givenAnEmptyTensorOfManyArraysThenItShouldBeRefused() {
    assertRefused(
        "ARRAY<ARRAY<FLOAT>>",
        "",
        raw(0, "", 2_000_000_000, 0),
        "a tensor without elements of shape [2000000000,0], which is more than 1024 arrays");
  }

  @Test
  void givenAnIntegerOutOfRangeThenTheMessageShouldNameTheTypeAndNotTheValue() {
    byte[] record = serialize(new DataRecord().setDiscreteFeatures(Map.of(KEY, 300L)));

    assertThatThrownBy(() -> reader("TINYINT", "").deserialize(record))
        .hasMessageStartingWith(
            "column 'c' (feature 7301): the value is outside the range of TINYINT;");
  }

  @Test
  void givenTextThatIsNotUtf8ThenItShouldBeRefused() {
    byte[] record = new DataRecordWriter().string(KEY, Bytes.of(new byte[] {(byte) 0xff})).write();

    assertThatThrownBy(() -> reader("STRING", "").deserialize(record))
        .hasMessageStartingWith(
            "column 'c' (feature 7301): 1 bytes that are not UTF-8; declare BYTES;");
  }

  private static void assertRefused(
      String type, String option, GeneralTensor tensor, String problem) {
    byte[] record = serialize(new DataRecord().setTensors(Map.of(KEY, tensor)));
    assertThatThrownBy(() -> reader(type, option).deserialize(record))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("column 'c' (feature 7301): " + problem);
  }

  private static DataRecordDeserializationSchema reader(String type, String option) {
    return TypeCase.reader(row(type), options(option));
  }

  private static Configuration options(String option) {
    return new TypeCase("", option == null ? "" : option, null, new byte[0]).options();
  }
}
