package io.embeddingexport.cli.consume;

/** A reader would find the separator before the record's end, and split there. */
final class SeparatorInRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset where a reader would find it, in bytes from the record's start
   */
  SeparatorInRecordException(String separator, int offset) {
    super(
        "the separator "
            + separator
            + " begins at byte "
            + offset
            + " of the record already, and a reader would split it there");
  }
}
