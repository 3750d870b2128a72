/*
 * twml's DataRecord: sparse features and tensors of one example, each under an int64 feature id.
 *
 * Written for embedding-export from the field numbers and types that libtwml reads and writes. A record is one
 * DataRecord struct in TBinaryProtocol: no message header, no framing, and nothing after the stop byte.
 * libtwml's reader throws on any field that is not named here, so nothing may ever be added.
 */
namespace java io.embeddingexport.thrift

/** Element type of a tensor. The number is what stands on the wire. */
enum DataType {
  FLOAT = 0
  DOUBLE = 1
  INT32 = 2
  INT64 = 3
  UINT8 = 4
  STRING = 5
  /** In the schema, but neither written nor read by libtwml; embedding-export refuses it. */
  BYTE = 6
  BOOL = 7
}

/** Elements as one run of little-endian bytes, row-major: the encoding libtwml writes for every numeric tensor. */
struct RawTypedTensor {
  1: required DataType dataType
  2: required binary content
  3: optional list<i64> shape
}

struct StringTensor {
  1: required list<binary> strings
  2: optional list<i64> shape
}

struct Int32Tensor {
  1: required list<i32> ints
  2: optional list<i64> shape
}

struct Int64Tensor {
  1: required list<i64> longs
  2: optional list<i64> shape
}

/** Thrift has no 32-bit float, so each element is a double on the wire. */
struct FloatTensor {
  1: required list<double> floats
  2: optional list<i64> shape
}

struct DoubleTensor {
  1: required list<double> doubles
  2: optional list<i64> shape
}

struct BoolTensor {
  1: required list<bool> bools
  2: optional list<i64> shape
}

/** A dense tensor in one of its encodings. A consumer batches records of a feature only if all use the same one. */
union GeneralTensor {
  1: RawTypedTensor rawTypedTensor
  2: StringTensor stringTensor
  3: Int32Tensor int32Tensor
  4: Int64Tensor int64Tensor
  5: FloatTensor floatTensor
  6: DoubleTensor doubleTensor
  7: BoolTensor boolTensor
}

/** Coordinate format: one index tuple in `indices` (row-major, one i64 a dimension) for each element of `values`. */
struct COOSparseTensor {
  1: optional list<i64> denseShape
  2: required Int64Tensor indices
  3: required GeneralTensor values
}

union SparseTensor {
  1: COOSparseTensor cooSparseTensor
}

struct DataRecord {
  1: optional set<i64> binaryFeatures
  2: optional map<i64, double> continuousFeatures
  3: optional map<i64, i64> discreteFeatures
  4: optional map<i64, string> stringFeatures
  5: optional map<i64, set<string>> sparseBinaryFeatures
  6: optional map<i64, map<string, double>> sparseContinuousFeatures
  7: optional map<i64, binary> blobFeatures
  8: optional map<i64, GeneralTensor> tensors
  9: optional map<i64, SparseTensor> sparseTensors
}
