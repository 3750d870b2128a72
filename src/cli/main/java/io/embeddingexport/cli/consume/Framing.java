package io.embeddingexport.cli.consume;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * How records follow each other in a stream of bytes.
 *
 * <pre>
 * stream = frame*
 * frame  = record padding separator
 * </pre>
 *
 * A frame is a whole number of blocks; the padding is zeros. The first separator in a frame is the
 * one at its end, so a reader that splits the stream at separators gets each record with its
 * padding. Immutable.
 *
 * <p>twml's {@code EventBusPipedBinaryRecordReader} needs blocks. It reads 8192 bytes at a time and
 * searches them once: a second separator in them stays undiscovered, and the records before and
 * behind it come as one. A decoder that reads up to the stop byte of the first then loses the
 * second. In blocks of that size there is one separator at most, at the end: a record is complete
 * with the bytes that hold it, not with those of the next record.
 */
public final class Framing {
  /** twml's reader, in the form of the option. */
  public static final String TWML = "twml";

  private static final int MAX_SEPARATOR = 64;
  private static final String FORMS =
      "must be " + TWML + ", or 1 to " + MAX_SEPARATOR + " bytes in hex";
  private static final String TWML_SEPARATOR = "29d8d50658cd4c29b2bc57992171bdff";
  private static final int TWML_BLOCK = 8192;

  private final byte[] separator;
  private final int block;

  private Framing(byte[] separator, int block) {
    this.separator = separator;
    this.block = block;
  }

  /**
   * The framing of {@value #TWML}, or one without padding.
   *
   * @param text {@value #TWML}, or the separator in hex
   * @throws IllegalArgumentException if it is neither, or every record has it; the message says
   *     what it must be
   */
  public static Framing of(String text) {
    if (text.equals(TWML)) {
      return new Framing(HexFormat.of().parseHex(TWML_SEPARATOR), TWML_BLOCK);
    }
    if (text.isEmpty() || text.length() > 2 * MAX_SEPARATOR) {
      throw new IllegalArgumentException(FORMS);
    }
    byte[] separator;
    try {
      separator = HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORMS, e);
    }
    if (Arrays.equals(separator, new byte[separator.length])) {
      throw new IllegalArgumentException(
          "begins in every record, which ends with the byte 00; choose 16 random bytes");
    }
    return new Framing(separator, 1);
  }

  /**
   * The frame of a record.
   *
   * @throws SeparatorInRecordException if the frame would have a separator before its end
   */
  byte[] frame(byte[] record) throws SeparatorInRecordException {
    int blocks = (record.length + separator.length + block - 1) / block;
    byte[] frame = Arrays.copyOf(record, blocks * block);
    int end = frame.length - separator.length;
    System.arraycopy(separator, 0, frame, end, separator.length);
    for (int i = 0; i < end; i++) {
      if (frame[i] == separator[0]
          && Arrays.equals(frame, i, i + separator.length, separator, 0, separator.length)) {
        throw new SeparatorInRecordException(HexFormat.of().formatHex(separator), i);
      }
    }
    return frame;
  }
}
