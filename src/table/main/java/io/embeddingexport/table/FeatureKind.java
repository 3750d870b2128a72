package io.embeddingexport.table;

/** The fields of a DataRecord that a column can stand for. */
enum FeatureKind {
  BINARY,
  CONTINUOUS,
  DISCRETE,
  STRING,
  SPARSE_BINARY,
  SPARSE_CONTINUOUS,
  BLOB,
  TENSOR
}
