package io.embeddingexport.cli.peek;

import io.embeddingexport.datarecord.Bytes;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes as text: decoded as UTF-8 if printable, else {@code 0x} and their hex. */
final class BytesForm {
  private static final HexFormat HEX = HexFormat.of();

  /** All bytes; null for null. */
  static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : text(Bytes.of(bytes));
  }

  static String text(Bytes bytes) {
    String text = bytes.utf8();
    return text != null && text.codePoints().allMatch(BytesForm::isPrintable)
        ? text
        : "0x" + HEX.formatHex(bytes.toArray());
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
