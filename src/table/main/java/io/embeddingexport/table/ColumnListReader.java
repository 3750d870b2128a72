package io.embeddingexport.table;

import io.embeddingexport.text.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/** Reads options that list columns: {@code 'taste:7301; age:meta.age'}, or {@code 'taste; age'}. */
final class ColumnListReader {
  private final ReadableConfig options;
  private final Collection<String> columns;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param columns the table's; an option may name these
   */
  ColumnListReader(ReadableConfig options, Collection<String> columns) {
    this.options = options;
    this.columns = columns;
  }

  /** The value of each column in the list: what is behind its first colon. */
  Map<String, String> values(ConfigOption<String> option) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String entry : entries(option)) {
      int colon = entry.indexOf(':');
      if (colon < 0 || colon == entry.length() - 1) {
        problems.add("'" + option.key() + "': '" + entry + "' is not of the form column:value");
      } else if (isColumn(option, entry.substring(0, colon).strip())) {
        String column = entry.substring(0, colon).strip();
        if (values.put(column, entry.substring(colon + 1).strip()) != null) {
          problems.add("'" + option.key() + "': column '" + column + "' is listed twice");
        }
      }
    }
    return values;
  }

  /** The columns in the list. */
  Set<String> names(ConfigOption<String> option) {
    Set<String> names = new LinkedHashSet<>(entries(option));
    names.removeIf(name -> !isColumn(option, name));
    return names;
  }

  private List<String> entries(ConfigOption<String> option) {
    List<String> entries = new ArrayList<>();
    for (String part : options.get(option).split(";", -1)) {
      if (!part.isBlank()) {
        entries.add(part.strip());
      }
    }
    return entries;
  }

  private boolean isColumn(ConfigOption<String> option, String name) {
    if (columns.contains(name)) {
      return true;
    }
    problems.add(
        "'"
            + option.key()
            + "': the table has no column '"
            + name
            + "'"
            + Suggestion.of(name, columns));
    return false;
  }

  /**
   * @throws ValidationException with every problem of the lists read so far
   */
  void requireNoProblems() {
    if (!problems.isEmpty()) {
      throw new ValidationException("Format 'datarecord': " + String.join("; ", problems) + ".");
    }
  }
}
