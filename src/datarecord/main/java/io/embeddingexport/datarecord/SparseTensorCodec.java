package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.wire.MalformedThriftException.missingField;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.shapeContradictsContent;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unionArity;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unknownField;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code SparseTensor}s on the wire. libtwml reads them, but writing is a TODO there.
 *
 * <pre>
 * sparse = 0C 0001  [0F 0001 0A i32 rank i64 dim*]  0C 0002 Int64Tensor  0C 0003 GeneralTensor  00 00
 * </pre>
 */
final class SparseTensorCodec {
  private static final int COO_FIELD = 1;

  /** Reads the union at the reader's position. The last of repeated fields counts. */
  static SparseTensor read(ThriftReader in) throws MalformedThriftException {
    int at = in.position();
    byte type = in.readByte();
    if (type == ThriftType.STOP) {
      throw unionArity(at, "SparseTensor");
    }
    int fieldId = in.readI16();
    if (fieldId != COO_FIELD) {
      throw unknownField(at, fieldId, "SparseTensor");
    }
    ThriftReader.check(at, type, ThriftType.STRUCT);
    SparseTensor tensor = readCoo(in);
    at = in.position();
    if (in.readByte() != ThriftType.STOP) {
      throw unionArity(at, "SparseTensor");
    }
    return tensor;
  }

  private static SparseTensor readCoo(ThriftReader in) throws MalformedThriftException {
    int start = in.position();
    List<Long> denseShape = null;
    Tensor indices = null;
    Tensor values = null;
    int at = start;
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      switch (fieldId) {
        case 1 -> {
          ThriftReader.check(at, type, ThriftType.LIST);
          int rank = in.readListHeader(ThriftType.I64);
          denseShape = new ArrayList<>(rank);
          for (int i = 0; i < rank; i++) {
            denseShape.add(in.readI64());
          }
        }
        case 2 -> {
          ThriftReader.check(at, type, ThriftType.STRUCT);
          indices = TensorReader.readList(in, TensorEncoding.INT64);
        }
        case 3 -> {
          ThriftReader.check(at, type, ThriftType.STRUCT);
          values = TensorReader.read(in);
        }
        default -> throw unknownField(at, fieldId, "COOSparseTensor");
      }
      at = in.position();
    }
    if (indices == null) {
      throw missingField(start, "COOSparseTensor", "indices");
    }
    if (values == null) {
      throw missingField(start, "COOSparseTensor", "values");
    }
    String contradiction = SparseTensor.contradiction(denseShape, indices, values);
    if (contradiction != null) {
      throw shapeContradictsContent(start, contradiction);
    }
    return new SparseTensor(denseShape, indices, values);
  }

  /** Bytes of the union. */
  static long size(SparseTensor tensor) {
    Tensor indices = tensor.indices();
    Tensor values = tensor.values();
    List<Long> denseShape = tensor.denseShape();
    return 3
        + (denseShape == null ? 0 : 8 + 8L * denseShape.size())
        + 3
        + TensorWriter.structSize(
            indices.encoding(), indices.contentLength(), indices.shape().rank())
        + 3
        + TensorWriter.size(values.encoding(), values.contentLength(), values.shape().rank())
        + 2;
  }

  static void write(ThriftWriter out, SparseTensor tensor) {
    out.putField(ThriftType.STRUCT, COO_FIELD);
    List<Long> denseShape = tensor.denseShape();
    if (denseShape != null) {
      out.putField(ThriftType.LIST, 1).putList(ThriftType.I64, denseShape.size());
      denseShape.forEach(out::putI64);
    }
    out.putField(ThriftType.STRUCT, 2);
    TensorWriter.writeStruct(out, tensor.indices());
    out.putField(ThriftType.STRUCT, 3);
    Tensor values = tensor.values();
    TensorWriter.write(out, values.encoding(), values, values.shape());
    out.putByte(ThriftType.STOP).putByte(ThriftType.STOP);
  }

  private SparseTensorCodec() {}
}
