package io.embeddingexport.table;

import static io.embeddingexport.table.DataRecordFormatOptions.KEYS;
import static io.embeddingexport.table.DataRecordFormatOptions.SCALAR_TENSORS;
import static io.embeddingexport.table.DataRecordFormatOptions.SHAPES;
import static io.embeddingexport.table.DataRecordFormatOptions.TYPED_TENSORS;

import io.embeddingexport.datarecord.DataType;
import io.embeddingexport.keys.KeySpec;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;

/**
 * What a table's options say of its columns. In serializable form: it travels with the schemas.
 *
 * @param keys feature by column, as an id or a name
 * @param shapes text of a shape by column
 * @param scalarTensors scalar columns that are tensors
 * @param typedTensors columns in a typed encoding
 * @param dataTypes element type of the columns that a key config describes
 */
record ColumnOptions(
    Map<String, String> keys,
    Map<String, String> shapes,
    Set<String> scalarTensors,
    Set<String> typedTensors,
    Map<String, DataType> dataTypes)
    implements Serializable {

  /** Longest time to read a key-config topic. A query is planned while somebody waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Every column stands for the feature of its own name. */
  static final ColumnOptions NONE =
      new ColumnOptions(Map.of(), Map.of(), Set.of(), Set.of(), Map.of());

  /** Copies the collections. */
  ColumnOptions {
    keys = new HashMap<>(keys);
    shapes = new HashMap<>(shapes);
    scalarTensors = new HashSet<>(scalarTensors);
    typedTensors = new HashSet<>(typedTensors);
    dataTypes = new HashMap<>(dataTypes);
  }

  /**
   * Reads the options.
   *
   * @param columns the table's; the options may name these
   * @throws ValidationException if an option is wrong; it has every problem
   */
  static ColumnOptions of(ReadableConfig options, Collection<String> columns) {
    ColumnListReader lists = new ColumnListReader(options, columns);
    ColumnOptions read =
        new ColumnOptions(
            lists.values(KEYS),
            lists.values(SHAPES),
            lists.names(SCALAR_TENSORS),
            lists.names(TYPED_TENSORS),
            Map.of());
    lists.requireNoProblems();
    NamedKeyConfig.read(options, PATIENCE).stream()
        .flatMap(config -> config.keys().stream())
        .filter(spec -> columns.contains(spec.name()))
        .forEach(read::add);
    return read;
  }

  /** What the table's other options say of the column counts more. */
  private void add(KeySpec spec) {
    String column = spec.name();
    keys.putIfAbsent(column, Long.toString(spec.key()));
    shapes.putIfAbsent(column, spec.shape().toString());
    dataTypes.put(column, spec.dataType());
    if (spec.shape().rank() == 0) {
      scalarTensors.add(column);
    }
    if (spec.encoding().isTyped()) {
      typedTensors.add(column);
    }
  }
}
