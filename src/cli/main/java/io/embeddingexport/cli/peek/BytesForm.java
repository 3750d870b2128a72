package io.embeddingexport.cli.peek;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.datarecord.Bytes;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Bytes as text: decoded as UTF-8 if printable, else {@code 0x} and their hex. */
public final class BytesForm {
  private static final HexFormat HEX = HexFormat.of();

  /** All bytes; null for null. */
  public static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : text(Bytes.of(bytes));
  }

  static String text(Bytes bytes) {
    String text = bytes.utf8();
    return text != null && text.codePoints().allMatch(BytesForm::isPrintable)
        ? text
        : "0x" + HEX.formatHex(bytes.toArray());
  }

  /**
   * The first {@code max} as text, with its line breaks and tabs, and the number of the rest; null
   * if they are not text: not UTF-8, or with control characters. A character that does not print
   * becomes {@code ?}.
   */
  public static @Nullable String lines(byte[] bytes, int max) {
    if (Bytes.of(bytes).utf8() == null
        || IntStream.range(0, bytes.length).anyMatch(i -> isBinary(bytes[i]))) {
      return null;
    }
    int shown = Math.min(max, bytes.length);
    while (shown > 0 && shown < bytes.length && (bytes[shown] & 0xc0) == 0x80) {
      // Inside a character.
      shown--;
    }
    StringBuilder text = new StringBuilder();
    new String(bytes, 0, shown, UTF_8)
        .codePoints()
        .map(c -> isSpace(c) || isPrintable(c) ? c : '?')
        .forEach(text::appendCodePoint);
    return shown == bytes.length ? text.toString() : text + more(bytes.length - shown) + " bytes";
  }

  /** The first {@code max} in plain hex, and the number of the rest. */
  static String hex(byte[] bytes, int max) {
    int shown = Math.min(max, bytes.length);
    String hex = HEX.formatHex(bytes, 0, shown);
    return shown == bytes.length ? hex : hex + more(bytes.length - shown) + " bytes";
  }

  /** The text in place of {@code count} omitted elements. */
  static String more(int count) {
    return "… " + count + " more";
  }

  private static boolean isBinary(byte one) {
    return one >= 0 && one < ' ' && !isSpace(one);
  }

  private static boolean isSpace(int codePoint) {
    return codePoint == '\n' || codePoint == '\r' || codePoint == '\t';
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private BytesForm() {}
}
