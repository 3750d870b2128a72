package io.embeddingexport.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embeddingexport.datarecord.DataRecordReader;
import io.embeddingexport.datarecord.DataRecordWriter;
import io.embeddingexport.datarecord.GoldenVectors;
import io.embeddingexport.datarecord.GoldenVectors.Vector;
import io.embeddingexport.datarecord.MalformedRecordException;
import io.embeddingexport.thrift.DataRecord;
import io.embeddingexport.thrift.DataType;
import io.embeddingexport.thrift.GeneralTensor;
import io.embeddingexport.thrift.RawTypedTensor;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataRecordSerdeTest {
  private static final Serializer<DataRecord> WRITE = new DataRecordSerde().serializer();
  private static final Deserializer<DataRecord> READ = new DataRecordSerde().deserializer();

  /** Feature 7301: the floats 0.5 and -1.5; the record of README.md. */
  private static final String TENSOR =
      "0d 0008 0a0c 00000001 0000000000001c85 0c 0001 08 0001 00000000 0b 0002 00000008"
          + " 0000003f 0000c0bf 0f 0003 0a 00000001 0000000000000002 00 00 00";

  @Test
  void theBytesAreThoseOfTheWireFormat() {
    DataRecord record = new DataRecord().setTensors(Map.of(7301L, raw("0000003f0000c0bf", 2L)));

    assertThat(WRITE.serialize("records", record)).isEqualTo(bytes(TENSOR));
    assertThat(READ.deserialize("records", bytes(TENSOR))).isEqualTo(record);
  }

  @Test
  void nullStaysNull() {
    assertThat(WRITE.serialize("records", null)).isNull();
    assertThat(READ.deserialize("records", (byte[]) null)).isNull();
    assertThat(READ.deserialize("records", null, (ByteBuffer) null)).isNull();
  }

  @Test
  void aPartOfABufferIsReadAsTheBytesInIt() {
    ByteBuffer response = ByteBuffer.allocate(100).put(3, bytes(TENSOR)).position(3);
    response.limit(3 + bytes(TENSOR).length);

    assertThat(READ.deserialize("records", null, response.slice()))
        .isEqualTo(READ.deserialize("records", bytes(TENSOR)));
  }

  /** Libtwml's own records, among them some that are malformed. */
  @ParameterizedTest
  @MethodSource("golden")
  void whatOurReaderReadsIsReadAndComesBackAndTheRestIsRefusedForTheSameReason(Vector vector)
      throws Exception {
    byte[] bytes = vector.bytes();
    try {
      DataRecordReader.read(bytes);
    } catch (MalformedRecordException e) {
      assertThatThrownBy(() -> READ.deserialize("records", bytes))
          .isInstanceOf(SerializationException.class)
          .hasMessage("a value of " + bytes.length + " bytes is no DataRecord: " + e.getMessage());
      return;
    }

    DataRecord record = READ.deserialize("records", bytes);
    assertThat(READ.deserialize("records", WRITE.serialize("records", record))).isEqualTo(record);
  }

  static Stream<Vector> golden() {
    return Stream.of(GoldenVectors.writes(), GoldenVectors.reads(), GoldenVectors.malformed())
        .flatMap(vectors -> vectors)
        .filter(vector -> vector.has("hex"));
  }

  @Test
  void whatOurWriterWritesIsReadWithTheSameFeatures() {
    byte[] bytes = new DataRecordWriter().continuous(7, 0.5).discrete(8, -1).write();

    assertThat(READ.deserialize("records", bytes))
        .isEqualTo(
            new DataRecord()
                .setContinuousFeatures(Map.of(7L, 0.5))
                .setDiscreteFeatures(Map.of(8L, -1L)));
  }

  @Test
  void givenAKeyTwiceThenLibthriftKeepsTheLastTensorAndOurReaderTheFirst() throws Exception {
    String one =
        " 0000000000000007 0c 0001 08 0001 00000000 0b 0002 00000004 %s"
            + " 0f 0003 0a 00000001 0000000000000001 00 00";
    byte[] bytes =
        bytes(
            "0d 0008 0a0c 00000002"
                + one.formatted("0000003f")
                + one.formatted("0000c0bf")
                + " 00");

    assertThat(READ.deserialize("records", bytes).getTensors())
        .isEqualTo(Map.of(7L, raw("0000c0bf", 1L)));
    assertThat(DataRecordReader.read(bytes).floats(7)).containsExactly(0.5f);
  }

  @Test
  void givenARecordThatReadersWouldRefuseThenItIsNotWritten() {
    DataRecord record = new DataRecord().setTensors(Map.of(7L, raw("0000003f", 2L)));

    assertThatThrownBy(() -> WRITE.serialize("records", record))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("nobody could read this DataRecord: byte ");
  }

  @Test
  void givenATensorWithoutARequiredFieldThenTheErrorNamesItWithoutThePayload() {
    RawTypedTensor tensor = new RawTypedTensor().setContent(bytes("4142434445464748"));
    DataRecord record =
        new DataRecord().setTensors(Map.of(7L, GeneralTensor.rawTypedTensor(tensor)));

    assertThatThrownBy(() -> WRITE.serialize("records", record))
        .isInstanceOf(SerializationException.class)
        .hasMessage("cannot write this DataRecord: Required field 'dataType' was not present!")
        .hasNoCause();
  }

  @Test
  void givenATensorOfNoEncodingThenItIsNotWritten() {
    DataRecord record = new DataRecord().setTensors(Map.of(7L, new GeneralTensor()));

    assertThatThrownBy(() -> WRITE.serialize("records", record))
        .isInstanceOf(SerializationException.class)
        .hasMessageStartingWith("cannot write this DataRecord: ");
  }

  @Test
  void threadsMayShareASerializer() {
    LongStream.range(0, 10_000)
        .parallel()
        .forEach(
            i -> {
              DataRecord record = new DataRecord().setDiscreteFeatures(Map.of(i, i));
              assertThat(READ.deserialize("records", WRITE.serialize("records", record)))
                  .isEqualTo(record);
            });
  }

  private static GeneralTensor raw(String content, Long length) {
    return GeneralTensor.rawTypedTensor(
        new RawTypedTensor(DataType.FLOAT, ByteBuffer.wrap(bytes(content)))
            .setShape(List.of(length)));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
