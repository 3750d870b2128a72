package io.embeddingexport.table;

import io.embeddingexport.text.Suggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An option that lists columns, such as {@code 'taste:7301;age:meta.age'}.
 *
 * @param option for messages
 * @param values value by column, empty where the option takes none
 */
record ColumnList(String option, Map<String, String> values) {

  /**
   * @param takesValues whether each column has a value behind its last colon but none in the value
   * @param columns the table's
   * @param problems receives what is wrong
   */
  static ColumnList parse(
      String option,
      String text,
      boolean takesValues,
      Collection<String> columns,
      List<String> problems) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split(";")) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        continue;
      }
      int colon = takesValues ? entry.indexOf(':') : entry.length();
      String column = colon < 0 ? entry : entry.substring(0, colon).strip();
      String value = colon < 0 || !takesValues ? "" : entry.substring(colon + 1).strip();
      if (takesValues && value.isEmpty()) {
        problems.add("'" + option + "': '" + entry + "' is not of the form column:value");
      } else if (!columns.contains(column)) {
        problems.add(
            "'"
                + option
                + "': the table has no column '"
                + column
                + "'"
                + Suggestion.of(column, columns));
      } else if (values.put(column, value) != null) {
        problems.add("'" + option + "': column '" + column + "' is listed twice");
      }
    }
    return new ColumnList(option, values);
  }

  boolean has(String column) {
    return values.containsKey(column);
  }

  @Nullable String value(String column) {
    return values.get(column);
  }
}
