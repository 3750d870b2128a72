package io.embeddingexport.datarecord.wire;

import static io.embeddingexport.datarecord.GoldenVectors.unhex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.embeddingexport.datarecord.wire.MalformedThriftException.Fault;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftReaderTest {

  @ParameterizedTest
  @CsvSource({
    "2, 01", // bool
    "3, ff", // byte
    "4, 3ff0000000000000", // double
    "6, 0102", // i16
    "8, 01020304", // i32
    "10, 0102030405060708", // i64
    "11, 00000002 6869", // string
    "12, 08 0001 00000007 0c 0002 00 00", // struct of an i32 and an empty struct
    "13, 0b 08 00000001 00000001 61 00000005", // map of string to i32
    "14, 0a 00000001 0000000000000001", // set of i64
    "15, 0f 00000001 03 00000002 0102" // list of lists of bytes
  })
  void skipShouldEndBehindTheValue(byte type, String hex) throws MalformedThriftException {
    byte[] value = unhex(hex.replace(" ", ""));
    ThriftReader in = reader(Arrays.copyOf(value, value.length + 3));

    in.skip(type);

    assertThat(in.remaining()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(bytes = {ThriftType.LIST, ThriftType.SET, ThriftType.STRUCT, ThriftType.MAP})
  void givenAMillionNestedContainersWhenSkippedThenTheyAreTooDeep(byte type) {
    // Each level opens a container of one value, which is such a container again.
    byte[] level =
        switch (type) {
          case ThriftType.STRUCT -> new byte[] {type, 0, 1};
          case ThriftType.MAP -> new byte[] {ThriftType.BYTE, type, 0, 0, 0, 1, 7};
          default -> new byte[] {type, 0, 0, 0, 1};
        };
    byte[] nested = new byte[level.length * 1_000_000];
    for (int i = 0; i < nested.length; i++) {
      nested[i] = level[i % level.length];
    }

    assertRefused(Fault.TOO_DEEP, () -> reader(nested).skip(type));
  }

  @Test
  void givenNestingToTheLimitWhenSkippedThenItIsRead() throws MalformedThriftException {
    byte[] struct = new byte[4 * ThriftReader.MAX_DEPTH + 1];
    for (int i = 0; i < ThriftReader.MAX_DEPTH; i++) {
      struct[3 * i] = ThriftType.STRUCT;
    }
    ThriftReader in = reader(struct);

    in.skip(ThriftType.STRUCT);

    in.requireEnd();
  }

  @ParameterizedTest
  @CsvSource({
    "0a 7fffffff 0000000000000000, LENGTH_EXCEEDS_INPUT",
    "0a 00000002 0000000000000000, LENGTH_EXCEEDS_INPUT",
    "0a ffffffff, NEGATIVE_LENGTH",
    "0a 0000, TRUNCATED",
    "63 00000000, WRONG_TYPE",
    "01 00000000, WRONG_TYPE"
  })
  void givenAListThatCannotBeWhenSkippedThenItIsRefused(String hex, Fault fault) {
    byte[] list = unhex(hex.replace(" ", ""));

    assertRefused(fault, () -> reader(list).skip(ThriftType.LIST));
  }

  @ParameterizedTest
  @CsvSource({
    "0808 7fffffff 0000000000000000, LENGTH_EXCEEDS_INPUT",
    "0808 00000002 00000001 00000002 00000003, LENGTH_EXCEEDS_INPUT",
    "0308 00000002 01 00000002 03 000000, LENGTH_EXCEEDS_INPUT",
    "0863 00000000, WRONG_TYPE"
  })
  void givenAMapThatCannotBeWhenSkippedThenItIsRefused(String hex, Fault fault) {
    byte[] map = unhex(hex.replace(" ", ""));

    assertRefused(fault, () -> reader(map).skip(ThriftType.MAP));
  }

  @Test
  void givenMapsNestedInKeysWhenSkippedThenTheyAreTooDeep() {
    byte[] level = {ThriftType.MAP, ThriftType.BYTE, 0, 0, 0, 1};
    byte[] nested = new byte[level.length * 1_000_000];
    for (int i = 0; i < nested.length; i++) {
      nested[i] = level[i % level.length];
    }

    assertRefused(Fault.TOO_DEEP, () -> reader(nested).skip(ThriftType.MAP));
  }

  @ParameterizedTest
  @CsvSource({
    "2, ''",
    "6, 01",
    "8, 010203",
    "10, 01020304050607",
    "11, 00000002 68",
    "12, 08 0001 00000007",
    "13, 0308 00000001 61 000000",
    "15, 0f 00000001 03 00000002 01"
  })
  void givenAValueCutShortWhenSkippedThenItIsRefused(byte type, String hex) {
    byte[] value = unhex(hex.replace(" ", ""));

    assertThatExceptionOfType(MalformedThriftException.class)
        .isThrownBy(() -> reader(value).skip(type));
  }

  @Test
  void givenTooFewBytesThenTheMessageTellsWhereAndHowMany() throws MalformedThriftException {
    ThriftReader in = reader(unhex("010203"));
    in.readI16();

    assertThatExceptionOfType(MalformedThriftException.class)
        .isThrownBy(in::readI64)
        .withMessage("byte 2: needs 8 bytes, 1 remain")
        .extracting(MalformedThriftException::offset)
        .isEqualTo(2);
  }

  @Test
  void givenAPartOfAnArrayWhenReadThenNothingBeyondItIsSeen() throws MalformedThriftException {
    ThriftReader in = new ThriftReader(new byte[] {9, 1, 2, 9}, 1, 2);

    assertThat(in.readI16()).isEqualTo((short) 0x0102);
    assertRefused(Fault.TRUNCATED, in::readByte);
  }

  private static ThriftReader reader(byte[] bytes) {
    return new ThriftReader(bytes, 0, bytes.length);
  }

  private static void assertRefused(Fault fault, ThrowingCallable read) {
    assertThatExceptionOfType(MalformedThriftException.class)
        .isThrownBy(read)
        .extracting(MalformedThriftException::fault)
        .isEqualTo(fault);
  }
}
