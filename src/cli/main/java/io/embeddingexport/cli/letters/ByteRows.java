package io.embeddingexport.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.cli.peek.BytesForm;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a value in rows: as text if they are text, else in hex, with a caret under one of
 * them. Immutable.
 *
 * <pre>
 * {"entityId": 42, "model": }
 *                           ^ byte 26
 *
 * 00000010  61 73 74 65 ff   aste.
 *                       ^ byte 20
 * </pre>
 */
final class ByteRows {
  /** No byte is marked. */
  static final int NONE = -1;

  private static final int HEX_BYTES = 16;
  private static final int TEXT_COLUMNS = 96;

  /** Rows printed before and after the marked one. */
  private static final int AROUND = 8;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final List<Row> rows;
  private final int length;
  private final int marked;

  /**
   * One row.
   *
   * @param start index of its first byte
   * @param columns where each of its bytes stands, from 0; and where the next one would
   */
  private record Row(String text, int start, List<Integer> columns) {
    int end() {
      return start + columns.size() - 1;
    }
  }

  private ByteRows(List<Row> rows, int length, int marked) {
    this.rows = List.copyOf(rows);
    this.length = length;
    this.marked = marked;
  }

  /**
   * The rows of a value.
   *
   * @param marked index of the byte with the caret, up to the length: there the value ends too
   *     soon; {@link #NONE}: no caret
   */
  static ByteRows of(byte[] value, int marked) {
    String text = BytesForm.lines(value, value.length);
    List<Row> rows = text == null ? hex(value) : text(value, text);
    return new ByteRows(rows, value.length, marked > value.length ? NONE : marked);
  }

  private static List<Row> hex(byte[] value) {
    List<Row> rows = new ArrayList<>();
    for (int start = 0; start < value.length; start += HEX_BYTES) {
      int end = Math.min(value.length, start + HEX_BYTES);
      String offset = "%08x  ".formatted(start);
      StringBuilder characters = new StringBuilder();
      List<Integer> columns = new ArrayList<>();
      for (int i = start; i <= end; i++) {
        columns.add(offset.length() + 3 * (i - start));
        if (i < end) {
          characters.append(value[i] >= ' ' && value[i] < 0x7f ? (char) value[i] : '.');
        }
      }
      String hex = HEX.formatHex(value, start, end);
      rows.add(
          new Row(offset + "%-47s  ".formatted(hex) + characters, start, List.copyOf(columns)));
    }
    return rows;
  }

  /**
   * @param printed the value as text, with the same number of characters
   */
  private static List<Row> text(byte[] value, String printed) {
    int[] original = new String(value, UTF_8).codePoints().toArray();
    int[] shown = printed.codePoints().toArray();
    List<Row> rows = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    List<Integer> columns = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < shown.length; i++) {
      int column = line.codePointCount(0, line.length());
      int bytes = Character.toString(original[i]).getBytes(UTF_8).length;
      for (int each = 0; each < bytes; each++) {
        columns.add(column);
      }
      boolean endsLine = shown[i] == '\n';
      line.appendCodePoint(endsLine || shown[i] == '\r' || shown[i] == '\t' ? ' ' : shown[i]);
      if (endsLine || column + 1 == TEXT_COLUMNS || i + 1 == shown.length) {
        columns.add(column + 1);
        rows.add(new Row(line.toString().stripTrailing(), start, List.copyOf(columns)));
        start += columns.size() - 1;
        line.setLength(0);
        columns.clear();
      }
    }
    return rows;
  }

  /**
   * The lines to print.
   *
   * @param all whether to print every row; otherwise those around the marked byte, or the first
   */
  List<String> lines(boolean all) {
    int at = markedRow();
    int from = all ? 0 : Math.max(0, at - AROUND);
    int to = all ? rows.size() : Math.min(rows.size(), Math.max(at, AROUND) + AROUND);
    List<String> lines = new ArrayList<>();
    if (from > 0) {
      lines.add("… " + rows.get(from).start() + " bytes before");
    }
    for (int i = from; i < to; i++) {
      lines.add(rows.get(i).text());
      if (i == at && marked != NONE) {
        lines.add(caret(rows.get(i)));
      }
    }
    if (to < rows.size()) {
      lines.add("… " + (length - rows.get(to).start()) + " bytes more");
    }
    return lines;
  }

  private String caret(Row row) {
    return " ".repeat(row.columns().get(marked - row.start())) + "^ byte " + marked;
  }

  /** The row of the marked byte; the last, if the mark is behind it; 0 without a mark. */
  private int markedRow() {
    if (marked == NONE) {
      return 0;
    }
    for (int i = 0; i < rows.size(); i++) {
      if (marked < rows.get(i).end()) {
        return i;
      }
    }
    return Math.max(0, rows.size() - 1);
  }

  /** The position that a detail begins with, as decoders write it: {@code byte 26: …}. */
  static int markedIn(@Nullable String detail) {
    if (detail == null || !detail.matches("(?s)byte [0-9]{1,9}: .*")) {
      return NONE;
    }
    return Integer.parseInt(detail.substring("byte ".length(), detail.indexOf(':')));
  }
}
