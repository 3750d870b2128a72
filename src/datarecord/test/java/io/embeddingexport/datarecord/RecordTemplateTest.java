package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.embeddingexport.datarecord.wire.ThriftReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordTemplateTest {
  private static final long[] NO_DISCRETE = {};

  @Test
  void givenADiscreteFeatureAndATensorThenTheRecordIsTheseBytes() {
    RecordTemplate template =
        RecordTemplate.builder()
            .discrete(5)
            .tensor(6, DataType.INT32, Shape.of(2), TensorEncoding.RAW)
            .build();

    byte[] record =
        template.write(new long[] {-1}, new Tensor[] {Tensor.ofInts(null, 1, 0x01020304)});

    String expected =
        "0d 0003 0a 0a 00000001 0000000000000005 ffffffffffffffff"
            + "0d 0008 0a 0c 00000001 0000000000000006"
            + "0c 0001 08 0001 00000002 0b 0002 00000008 01000000 04030201"
            + "0f 0003 0a 00000001 0000000000000002 00 00 00";
    assertThat(record).isEqualTo(unhex(expected.replace(" ", "")));
    assertThat(template.fixedSize()).isEqualTo(record.length);
  }

  @Test
  void givenNothingThenTheRecordIsTheStopByte() {
    RecordTemplate empty = RecordTemplate.builder().build();
    RecordTemplate optional =
        RecordTemplate.builder().tensor(1, DataType.FLOAT, Shape.of(1), TensorEncoding.RAW).build();

    assertThat(empty.write(NO_DISCRETE, new Tensor[0])).containsExactly(0);
    assertThat(optional.write(NO_DISCRETE, new Tensor[1])).containsExactly(0);
  }

  @Test
  void recordsShouldShareNoBytes() {
    RecordTemplate template =
        RecordTemplate.builder().tensor(1, DataType.UINT8, Shape.of(1), TensorEncoding.RAW).build();
    Tensor[] seven = {Tensor.ofRaw(DataType.UINT8, null, new byte[] {7})};

    byte[] first = template.write(NO_DISCRETE, seven);
    byte[] expected = first.clone();
    Arrays.fill(first, (byte) 99);

    assertThat(template.write(NO_DISCRETE, seven)).isEqualTo(expected);
  }

  @Test
  void givenATensorThatDoesNotFitThenItIsRefused() {
    for (Shape place : new Shape[] {Shape.of(1, 2), Shape.of(1, Shape.ANY)}) {
      RecordTemplate template =
          RecordTemplate.builder().tensor(1, DataType.FLOAT, place, TensorEncoding.RAW).build();

      assertThatIllegalArgumentException()
          .isThrownBy(() -> write(template, Tensor.ofFloats(Shape.of(2, 1), 1, 2)))
          .withMessage("tensor 0 is FLOAT[2,1] RAW, its place under key 1 is FLOAT" + place);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> write(template, Tensor.ofInts(Shape.of(1, 2), 1, 2)))
          .withMessageStartingWith("tensor 0 is INT32[1,2] RAW");
    }
  }

  @Test
  void givenAnOpaqueStringTensorThenItIsRefusedBeforeAnythingIsAllocatedForIt() throws Exception {
    RecordTemplate template =
        RecordTemplate.builder()
            .tensor(1, DataType.STRING, Shape.of(Shape.ANY), TensorEncoding.STRING)
            .build();
    byte[] opaque =
        unhex("0c000108000100000005" + "0b000200000000" + "0f00030a00000001000000007fffffff0000");
    Tensor tensor = TensorReader.read(new ThriftReader(opaque, 0, opaque.length));

    assertThatIllegalArgumentException().isThrownBy(() -> write(template, tensor));
  }

  @Test
  void givenTooFewValuesThenTheMessageCountsThem() {
    RecordTemplate template = RecordTemplate.builder().discrete(1).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> template.write(NO_DISCRETE, new Tensor[0]))
        .withMessage("template has 1 discrete features and 0 tensors, given 0 and 0");
  }

  @Test
  void givenAKeyOrFeatureTwiceThenTheTemplateIsRefused() {
    RecordTemplate.Builder builder =
        RecordTemplate.builder()
            .discrete(1)
            .tensor(1, DataType.BOOL, Shape.SCALAR, TensorEncoding.RAW);

    assertThatIllegalArgumentException().isThrownBy(() -> builder.discrete(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tensor(1, DataType.BOOL, Shape.SCALAR, TensorEncoding.BOOL));
  }

  @ParameterizedTest
  @EnumSource
  void givenAnEncodingThatTheTypeDoesNotHaveThenTheTemplateIsRefused(TensorEncoding encoding) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RecordTemplate.builder().tensor(1, DataType.BYTE, Shape.SCALAR, encoding));
    if (encoding != TensorEncoding.RAW) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> RecordTemplate.builder().tensor(1, DataType.UINT8, Shape.SCALAR, encoding));
    }
  }

  @Test
  void givenAHugeShapeThenTheTemplateTakesNoMemoryForIt() {
    RecordTemplate template =
        RecordTemplate.builder()
            .tensor(1, DataType.DOUBLE, Shape.of(Integer.MAX_VALUE), TensorEncoding.RAW)
            .tensor(2, DataType.DOUBLE, Shape.of(Integer.MAX_VALUE), TensorEncoding.DOUBLE)
            .build();

    assertThat(template.fixedSize()).isGreaterThan(32L * Integer.MAX_VALUE / 2 - 1);
    assertThat(template.write(NO_DISCRETE, new Tensor[2])).containsExactly(0);
  }

  /** The same MiB, many times over. */
  @Test
  void givenTensorsThatNoRecordHoldsThenTheirRecordIsRefused() {
    Tensor mebibyte = Tensor.ofRaw(DataType.UINT8, null, new byte[1 << 20]);
    RecordTemplate.Builder builder = RecordTemplate.builder();
    DataRecordWriter writer = new DataRecordWriter();
    for (int i = 0; i < 2048; i++) {
      builder.tensor(i, DataType.UINT8, Shape.of(Shape.ANY), TensorEncoding.RAW);
      writer.tensor(i, mebibyte);
    }
    Tensor[] tensors = new Tensor[2048];
    Arrays.fill(tensors, mebibyte);
    // A tensor takes 8 bytes for its key and 4 + 23 + 8 around its content; the map 9, the stop 1.
    long size = 2048L * ((1 << 20) + 43) + 10;

    assertThat(builder.build().size(tensors)).isEqualTo(size);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.build().write(NO_DISCRETE, tensors))
        .withMessage("a record of " + size + " bytes: at most 2147483639 fit in an array");
    assertThatIllegalStateException()
        .isThrownBy(writer::write)
        .withMessage("a record of " + size + " bytes: at most 2147483639 fit in an array");
  }

  /** 53 bytes are around the content of a raw tensor of rank 1. */
  @Test
  void aLayoutShouldBeOfRecordsUpTo16MiB() {
    for (int over = 0; over < 2; over++) {
      RecordTemplate template =
          RecordTemplate.builder()
              .tensor(1, DataType.UINT8, Shape.of((1 << 24) - 53 + over), TensorEncoding.RAW)
              .build();

      assertThat(template.fixedSize()).isEqualTo((1 << 24) + over);
      assertThat(template.layout(List.of(new byte[0]), new boolean[1]) == null)
          .isEqualTo(over == 1);
    }
  }

  @Test
  void aLayoutShouldBeOfRawTensorsOfWhichOnlyFloatsMustBeFinite() {
    assertThat(hasLayout(DataType.FLOAT, TensorEncoding.RAW, false)).isTrue();
    assertThat(hasLayout(DataType.FLOAT, TensorEncoding.RAW, true)).isTrue();
    assertThat(hasLayout(DataType.DOUBLE, TensorEncoding.RAW, false)).isTrue();
    assertThat(hasLayout(DataType.DOUBLE, TensorEncoding.RAW, true)).isFalse();
    assertThat(hasLayout(DataType.FLOAT, TensorEncoding.FLOAT, false)).isFalse();
  }

  @Test
  void aLayoutShouldMatchTheBytesOfItsTensorsUpToTheLast() {
    var layout =
        RecordTemplate.builder()
            .tensor(1, DataType.UINT8, Shape.SCALAR, TensorEncoding.RAW)
            .build()
            .layout(List.of(new byte[0]), new boolean[1]);
    String content = "0c0001 080001 00000004 0b0002 00000001 07";
    byte[] shaped = unhex((content + "0f0003 0a 00000000 00 00").replace(" ", ""));
    byte[] shapeless = unhex((content + "00 00").replace(" ", ""));

    assertThat(layout.match(shaped, 0, shaped.length)).isSameAs(layout);
    assertThat(layout.match(shaped, 0, shaped.length - 1)).isNull();
    assertThat(layout.match(shapeless, 0, shapeless.length).length()).isEqualTo(shapeless.length);
    assertThat(layout.match(shapeless, 0, shapeless.length - 1)).isNull();
  }

  private static boolean hasLayout(DataType type, TensorEncoding encoding, boolean finite) {
    return RecordTemplate.builder()
            .tensor(1, DataType.UINT8, Shape.SCALAR, TensorEncoding.RAW)
            .tensor(2, type, Shape.SCALAR, encoding)
            .build()
            .layout(List.of(new byte[0], new byte[0]), new boolean[] {false, finite})
        != null;
  }

  private static byte[] write(RecordTemplate template, Tensor tensor) {
    return template.write(NO_DISCRETE, new Tensor[] {tensor});
  }
}
