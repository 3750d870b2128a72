package io.embeddingexport.table;

/**
 * A feature that does not fit its column. The message names the column, what was found and what the
 * column takes; never the value. It has no stack trace: records from outside cause it.
 */
final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  CellException(FeatureColumn column, String problem) {
    super(
        "column '" + column.name() + "' (feature " + column.id() + "): " + problem,
        null,
        false,
        false);
  }
}
