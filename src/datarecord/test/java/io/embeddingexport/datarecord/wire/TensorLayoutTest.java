package io.embeddingexport.datarecord.wire;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Shape;
import io.embeddingexport.datarecord.TensorEncoding;
import io.embeddingexport.datarecord.wire.MalformedThriftException.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All bytes are written by hand, from the wire format. */
class TensorLayoutTest {
  private static final String HEAD = "0c0001 080001 00000000 0b0002 00000008 ";
  private static final String FLOATS = "0000003f 0000c0bf ";
  private static final String SHAPE = "0f0003 0a 00000001 0000000000000002 ";
  private static final String TENSOR = HEAD + FLOATS + SHAPE + "00 00 ";

  private static final String RECORD =
      "0d0003 0a0a 00000001 0000000000000005 000000000000002a"
          + "0d0008 0a0c 00000001 0000000000001c85"
          + TENSOR
          + "00";
  private static final long[] DISCRETE = {42};

  private final TensorLayout layout = layout(false);

  private static TensorLayout layout(boolean finite) {
    return RecordTemplate.builder()
        .discrete(5)
        .tensor(7301, DataType.FLOAT, Shape.of(2), TensorEncoding.RAW)
        .build()
        .layout(List.of(new byte[0]), new boolean[] {finite});
  }

  @Test
  void itsLengthShouldBeThatOfTheTensors() {
    assertThat(layout.length()).isEqualTo(bytes(TENSOR).length);
    assertThat(layout.tensorCount()).isEqualTo(1);
  }

  /** Few bytes before or behind the tensor: the record cannot be copied around it. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0, 80", "31, 80", "60, 0", "60, 1", "60, 80", "200, 200"})
  void aTensorThatMatchesShouldBeCopiedIntoTheRecord(int before, int behind) {
    byte[] event = bytes("ee".repeat(before) + TENSOR + "ee".repeat(behind));

    TensorLayout match = layout.match(event, before, event.length);

    assertThat(match).isSameAs(layout);
    assertThat(match.write(DISCRETE, event, before)).isEqualTo(bytes(RECORD));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60, 200})
  void aTensorWithoutAShapeShouldGetTheKeys(int before) {
    byte[] event = bytes("ee".repeat(before) + HEAD + FLOATS + "00 00" + "ee".repeat(200));

    TensorLayout match = layout.match(event, before, event.length);

    assertThat(match).isNotNull().isNotSameAs(layout);
    assertThat(match.length()).isEqualTo(bytes(HEAD + FLOATS + "00 00").length);
    assertThat(match.write(DISCRETE, event, before)).isEqualTo(bytes(RECORD));
  }

  @Test
  void aTensorWithAnotherByteAroundItsElementsShouldNotMatch() {
    byte[] tensor = bytes(TENSOR);
    int content = bytes(HEAD).length;
    for (int i = 0; i < tensor.length; i++) {
      byte[] event = tensor.clone();
      event[i] ^= 1;
      boolean isElement = i >= content && i < content + 8;
      assertThat(layout.match(event, 0, event.length) != null)
          .as("byte %d", i)
          .isEqualTo(isElement);
    }
  }

  @Test
  void aTensorThatIsCutShortShouldNotMatch() {
    byte[] event = bytes(TENSOR + "00");

    assertThat(layout.match(event, 0, event.length - 1)).isSameAs(layout);
    assertThat(layout.match(event, 0, event.length - 2)).isNull();
  }

  @Test
  void severalTensorsShouldMatchWithTheBytesBeforeEach() {
    TensorLayout two =
        RecordTemplate.builder()
            .tensor(1, DataType.FLOAT, Shape.of(2), TensorEncoding.RAW)
            .tensor(2, DataType.FLOAT, Shape.of(2), TensorEncoding.RAW)
            .build()
            .layout(List.of(bytes("00000001 61"), bytes("00000001 62")), new boolean[2]);
    String other = HEAD + "00000040 00004040 " + SHAPE + "00 00 ";
    byte[] event = bytes("ee" + "00000001 61" + TENSOR + "00000001 62" + other);

    assertThat(two.tensorCount()).isEqualTo(2);
    assertThat(two.match(event, 1, event.length)).isSameAs(two);
    assertThat(two.write(new long[0], event, 1))
        .isEqualTo(
            bytes(
                "0d0008 0a0c 00000002 0000000000000001"
                    + TENSOR
                    + "0000000000000002"
                    + other
                    + "00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000c07f 0000003f", "0000003f 0000807f", "0000003f 000080ff"})
  void nanAndInfinitiesShouldMatchOnlyWhereTheyMayBe(String floats) {
    byte[] event = bytes(HEAD + floats + SHAPE + "00 00");

    assertThat(layout(true).match(event, 0, event.length)).isNull();
    assertThat(layout(true).match(bytes(TENSOR), 0, event.length)).isNotNull();
    assertThat(layout.match(event, 0, event.length)).isSameAs(layout);
  }

  @Test
  void textThatIsNotUtf8ShouldBeNamedByItsOffset() {
    MalformedThriftException malformed = MalformedThriftException.notUtf8(5);

    assertThat(malformed).hasMessage("byte 5: text is not UTF-8");
    assertThat(malformed.fault()).isEqualTo(Fault.NOT_UTF8);
  }

  private static byte[] bytes(String hex) {
    return unhex(hex.replace(" ", ""));
  }
}
