package io.embeddingexport.datarecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading costs little memory a byte, also for the records that cost most: many small values. */
class ReadCostTest {
  private static final String ID = "0000000000000001";

  /** A field of many entries, or the same field many times, with the smallest values. */
  private enum Dearest {
    BINARY("0e 0001 0a", ID),
    CONTINUOUS("0d 0002 0a 04", ID + "0000000000000000"),
    STRINGS("0d 0004 0a 0b", ID + "00000000"),
    SPARSE_BINARY("0d 0005 0a 0e", ID + "0b 00000001 00000000"),
    SPARSE_CONTINUOUS("0d 0006 0a 0d", ID + "0b 04 00000000"),
    TYPED_TENSORS("0d 0008 0a 0c", ID + "0c 0005 0f 0001 04 00000000 00 00"),
    TYPED_TENSORS_WITH_SHAPE(
        "0d 0008 0a 0c", ID + "0c 0005 0f 0001 04 00000001 " + ID + " 0f 0002 0a 00000000 00 00"),
    RAW_SCALARS(
        "0d 0008 0a 0c",
        ID + "0c 0001 08 0001 00000004 0b 0002 00000001 00 0f 0003 0a 00000000 00 00"),
    SPARSE_TENSORS(
        "0d 0009 0a 0c",
        ID
            + "0c 0001 0c 0002 0f 0001 0a 00000000 00 0c 0003 0c 0005 0f 0001 04 00000000 00 00 00 00"),
    SPARSE_TENSORS_OF_MANY_DIMENSIONS(
        "0d 0009 0a 0c",
        ID
            + "0c 0001 0f 0001 0a 00000010"
            + "4000000000000001".repeat(16)
            + "0c 0002 0f 0001 0a 00000000 00 0c 0003 0c 0005 0f 0001 04 00000000 00 00 00 00");

    private final String header;
    private final String entry;

    Dearest(String header, String entry) {
      this.header = header;
      this.entry = entry;
    }

    private byte[] inOneField(int entries) {
      return unhex(header + "%08x".formatted(entries) + entry.repeat(entries) + "00");
    }

    private byte[] inFieldsOfOne(int fields) {
      return unhex((header + "00000001" + entry).repeat(fields) + "00");
    }

    private static byte[] unhex(String hex) {
      return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void manySmallValuesShouldCostAConstantTimesTheirBytes(Dearest dearest) {
    for (int count : new int[] {1, 10, 1_000, 20_000}) {
      assertThat(CheckedRead.readOrRefuse(dearest.inOneField(count))).isNotNull();
      assertThat(CheckedRead.readOrRefuse(dearest.inFieldsOfOne(count))).isNotNull();
    }
  }
}
