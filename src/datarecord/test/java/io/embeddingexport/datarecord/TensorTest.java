package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static io.embeddingexport.datarecord.TensorEncoding.INT32;
import static io.embeddingexport.datarecord.TensorEncoding.RAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.MalformedThriftException.Fault;
import io.embeddingexport.datarecord.wire.ThriftReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorTest {
  /** RawTypedTensor of STRING, content "abc", shape [2]. */
  private static final String OPAQUE =
      "0c0001 080001 00000005 0b0002 00000003 616263 0f0003 0a 00000001 0000000000000002 0000";

  @Test
  void contentShouldBeLittleEndianWhenRawAndBigEndianWhenTyped() {
    Tensor raw = Tensor.ofFloats(null, 1.5f, -2f);

    assertThat(bytes(raw)).isEqualTo(unhex("0000c03f000000c0"));
    assertThat(bytes(raw.as(TensorEncoding.FLOAT)))
        .isEqualTo(unhex("3ff8000000000000" + "c000000000000000"));
  }

  @Test
  void asShouldKeepTheElementsAndTheShape() {
    Shape shape = Shape.of(1, 2);
    Tensor floats = Tensor.ofFloats(shape, 0.1f, Float.NEGATIVE_INFINITY);
    Tensor doubles = Tensor.ofDoubles(shape, 0.1, -0.0);
    Tensor ints = Tensor.ofInts(shape, Integer.MIN_VALUE, 258);
    Tensor longs = Tensor.ofLongs(shape, Long.MIN_VALUE, 258);
    Tensor booleans = Tensor.ofRaw(DataType.BOOL, shape, new byte[] {0, 1});

    for (Tensor raw : List.of(floats, doubles, ints, longs, booleans)) {
      Tensor typed = raw.as(TensorEncoding.typed(raw.dataType()));
      assertThat(typed.shape()).isEqualTo(shape);
      assertThat(typed.as(TensorEncoding.RAW)).isEqualTo(raw);
    }
    assertThat(floats.as(TensorEncoding.FLOAT).toFloats()).isEqualTo(floats.toFloats());
    assertThat(floats.toDoubles()).containsExactly(0.1f, Double.NEGATIVE_INFINITY);
    assertThat(floats.as(TensorEncoding.FLOAT).toDoubles()).isEqualTo(floats.toDoubles());
    assertThat(doubles.as(TensorEncoding.DOUBLE).toDoubles()).containsExactly(0.1, -0.0);
    assertThat(ints.as(TensorEncoding.INT32).toInts()).containsExactly(Integer.MIN_VALUE, 258);
    assertThat(longs.as(TensorEncoding.INT64).toLongs()).containsExactly(Long.MIN_VALUE, 258);
    assertThat(booleans.as(TensorEncoding.BOOL).toBooleans()).containsExactly(false, true);
  }

  @Test
  void givenARawBooleanThatIsNotOneWhenTypedThenItIsOne() {
    Tensor raw = Tensor.ofRaw(DataType.BOOL, null, new byte[] {0, 2, -1});

    assertThat(raw.toBooleans()).containsExactly(false, true, true);
    assertThat(bytes(raw.as(TensorEncoding.BOOL))).containsExactly(0, 1, 1);
  }

  @Test
  void payloadBitsShouldSurvive() {
    byte[] signallingNaN = unhex("0100807f");

    assertThat(bytes(Tensor.ofRaw(DataType.FLOAT, null, signallingNaN))).isEqualTo(signallingNaN);
  }

  @Test
  void stringsShouldBeBytes() {
    byte[] notUtf8 = {(byte) 0xff};
    Tensor strings =
        Tensor.ofStrings(null, List.of(notUtf8, new byte[0], "é".getBytes(StandardCharsets.UTF_8)));

    assertThat(bytes(strings)).isEqualTo(unhex("00000001ff" + "00000000" + "00000002c3a9"));
    assertThat(strings.toStrings())
        .containsExactly(Bytes.of(notUtf8), Bytes.ofUtf8(""), Bytes.ofUtf8("é"));
    assertThat(strings.toStrings()).extracting(Bytes::utf8).containsExactly(null, "", "é");
  }

  @Test
  void givenAnOpaqueStringTensorThenItFitsNoOtherEncoding() throws MalformedThriftException {
    byte[] bytes = unhex(OPAQUE.replace(" ", ""));
    Tensor opaque = TensorReader.read(new ThriftReader(bytes, 0, bytes.length));

    assertThat(opaque.elementCount()).isEqualTo(2);
    assertThat(opaque.fits(TensorEncoding.RAW)).isTrue();
    assertThat(opaque.fits(TensorEncoding.STRING)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> opaque.as(TensorEncoding.STRING));
    assertThatIllegalStateException().isThrownBy(opaque::toStrings);
  }

  @ParameterizedTest
  @CsvSource({
    "00000001 0000000080000000, SHAPE_CONTRADICTS_CONTENT",
    "00000002 0000000100000000 0000000100000000, SHAPE_CONTRADICTS_CONTENT",
    "00000001 ffffffffffffffff, SHAPE_CONTRADICTS_CONTENT",
    "00000000, MISSING_FIELD"
  })
  void givenAnOpaqueStringTensorWithoutAUsableShapeThenItIsRefused(String shape, Fault reason) {
    byte[] bytes = unhex(OPAQUE.replace("00000001 0000000000000002", shape).replace(" ", ""));

    assertThatExceptionOfType(MalformedThriftException.class)
        .isThrownBy(() -> TensorReader.read(new ThriftReader(bytes, 0, bytes.length)))
        .extracting(MalformedThriftException::fault)
        .isEqualTo(reason);
  }

  @Test
  void givenContradictionsWhenMadeThenTheyAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofRaw(DataType.FLOAT, null, new byte[5]))
        .withMessage("5 bytes are no whole number of FLOAT elements");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofFloats(Shape.of(2), 1f))
        .withMessage("shape [2] does not hold 1 elements");
    assertThatIllegalArgumentException().isThrownBy(() -> Tensor.ofFloats(Shape.of(Shape.ANY), 1f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofRaw(DataType.BYTE, null, new byte[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofRaw(DataType.STRING, null, new byte[1]));
  }

  @Test
  void aTensorWithoutShapeShouldEqualTheVectorOfItsElements() {
    Tensor unstated = Tensor.ofRaw(DataType.UINT8, null, new byte[] {1, 2});
    Tensor vector = Tensor.ofRaw(DataType.UINT8, Shape.of(2), new byte[] {1, 2});

    assertThat(unstated).isEqualTo(vector).hasSameHashCodeAs(vector);
    assertThat(unstated)
        .isNotEqualTo(Tensor.ofRaw(DataType.BOOL, null, new byte[] {1, 2}))
        .isNotEqualTo(Tensor.ofRaw(DataType.UINT8, null, new byte[] {1, 3}))
        .isNotEqualTo(Tensor.ofRaw(DataType.UINT8, Shape.of(1, 2), new byte[] {1, 2}));
  }

  @Test
  void aTensorShouldHaveOnlyElementsOfItsType() {
    Tensor floats = Tensor.ofFloats(null, 1f);
    Tensor ints = Tensor.ofInts(null, 1);

    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(ints::toFloats, ints::toDoubles, floats::toInts)) {
      assertThatIllegalStateException().isThrownBy(wrong);
    }
    assertThatIllegalStateException()
        .isThrownBy(floats::toLongs)
        .withMessage("FLOAT[1] RAW has no longs");
    assertThatIllegalStateException()
        .isThrownBy(ints::toBooleans)
        .withMessage("INT32[1] RAW has no booleans");
    assertThatIllegalStateException()
        .isThrownBy(ints::toStrings)
        .withMessage("INT32[1] RAW has no strings");
  }

  @Test
  void aTensorShouldFitItsOwnEncodingAndThatOfItsType() {
    Tensor ints = Tensor.ofInts(null, 1);
    Tensor bytes = Tensor.ofRaw(DataType.UINT8, null, new byte[1]);

    assertThat(TensorEncoding.values()).filteredOn(ints::fits).containsExactly(RAW, INT32);
    assertThat(TensorEncoding.values()).filteredOn(bytes::fits).containsExactly(RAW);
    assertThat(ints.as(RAW)).isSameAs(ints);
    assertThat(ints.as(INT32)).isNotEqualTo(ints);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ints.as(TensorEncoding.INT64))
        .withMessage("INT32[1] RAW cannot stand in encoding INT64");
  }

  @Test
  void theContentShouldBeAViewThatCannotBeWritten() throws MalformedThriftException {
    byte[] bytes = unhex(OPAQUE.replace(" ", ""));
    ByteBuffer content = TensorReader.read(new ThriftReader(bytes, 0, bytes.length)).content();

    assertThat(content).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
    assertThat(content.capacity()).isEqualTo(3);
    assertThat(content.isReadOnly()).isTrue();
  }

  @Test
  void tensorsOfDifferentContentShouldHaveDifferentHashCodes() {
    assertThat(Tensor.ofInts(null, 1)).doesNotHaveSameHashCodeAs(Tensor.ofInts(null, 2));
  }

  @Test
  void toStringShouldNotTellTheElements() {
    assertThat(Tensor.ofFloats(Shape.of(1, 2), 42f, 43f)).hasToString("FLOAT[1,2] RAW");
    assertThat(Tensor.ofRaw(DataType.UINT8, null, new byte[] {42})).hasToString("UINT8[1]? RAW");
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] bytes = new byte[tensor.contentLength()];
    tensor.content().get(bytes);
    return bytes;
  }

  @Test
  void aStatedShapeShouldHaveAsManyElementsAsTheTensor() {
    Tensor floats = Tensor.ofFloats(null, 1, 2);

    assertThat(floats.withShape(Shape.of(1, 2)).shape()).isEqualTo(Shape.of(1, 2));
    assertThat(floats.withShape(Shape.of(1, 2)).withoutShape()).isEqualTo(floats);
    assertThatIllegalArgumentException().isThrownBy(() -> floats.withShape(Shape.of(3)));
  }

  @Test
  void stringsOnTheWireShouldBeTheSameTensor() {
    Tensor strings = Tensor.ofStrings(null, List.of(new byte[] {'a', 'b'}, new byte[0]));
    byte[] content = bytes(strings);
    byte[] padded = new byte[content.length + 2];
    System.arraycopy(content, 0, padded, 1, content.length);

    assertThat(Tensor.ofStringContent(Shape.of(2), padded, 1, content.length)).isEqualTo(strings);
    assertThat(Tensor.ofStringContent(null, padded, 1, content.length))
        .isEqualTo(strings.withoutShape());
    assertThat(Tensor.ofStringContent(null, padded, 0, 0).elementCount()).isZero();
  }

  @Test
  void bytesThatAreNoStringsOnTheWireShouldBeRefused() {
    byte[][] wrong = {{0, 0, 0}, {0, 0, 0, 1}, {-1, -1, -1, -1}, {127, -1, -1, -1}};
    for (byte[] content : wrong) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Tensor.ofStringContent(null, content, 0, content.length))
          .withMessage("byte 0 does not begin a string");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.ofStringContent(Shape.of(2), new byte[4], 0, 4));
  }
}
