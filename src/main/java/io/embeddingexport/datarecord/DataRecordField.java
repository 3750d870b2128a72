package io.embeddingexport.datarecord;

/** The nine fields of {@code DataRecord}; libtwml's reader throws on any other. */
enum DataRecordField {
  BINARY(1),
  CONTINUOUS(2),
  DISCRETE(3),
  STRING(4),
  SPARSE_BINARY(5),
  SPARSE_CONTINUOUS(6),
  BLOB(7),
  TENSORS(8),
  SPARSE_TENSORS(9);

  private final int id;

  DataRecordField(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }
}
