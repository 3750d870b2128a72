package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.wire.MalformedThriftException.missingField;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.shapeContradictsContent;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unionArity;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unknownField;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code SparseTensor}s on the wire. libtwml reads them, but writing is a TODO there.
 *
 * <pre>
 * sparse = 0C 0001  [0F 0001 0A i32 rank i64 dim*]  0C 0002 Int64Tensor  0C 0003 GeneralTensor  00 00
 * </pre>
 */
final class SparseTensorCodec {
  private static final int COO_FIELD = 1;

  /** The parts of a tensor, which agree with each other. */
  private record Parts(@Nullable List<Long> denseShape, Tensor indices, Tensor values) {}

  /** Reads the union at the reader's position. The last of repeated fields counts. */
  static SparseTensor read(ThriftReader in) throws MalformedThriftException {
    Parts parts = readUnion(in);
    return new SparseTensor(parts.denseShape, parts.indices, parts.values);
  }

  /** Moves past the union at the reader's position. It refuses what {@link #read} refuses. */
  static void skip(ThriftReader in) throws MalformedThriftException {
    readUnion(in);
  }

  private static Parts readUnion(ThriftReader in) throws MalformedThriftException {
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
    Parts parts = readCoo(in);
    at = in.position();
    if (in.readByte() != ThriftType.STOP) {
      throw unionArity(at, "SparseTensor");
    }
    return parts;
  }

  private static Parts readCoo(ThriftReader in) throws MalformedThriftException {
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
          denseShape = new Extents(in.bytes(), in.position(), rank);
          in.skipBytes(Long.BYTES * rank);
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
    return new Parts(denseShape, indices, values);
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

  /** Extents in their bytes: boxed ones take more memory than the record. */
  private static final class Extents extends AbstractList<Long> {
    private final byte[] bytes;
    private final int offset;
    private final int rank;

    private Extents(byte[] bytes, int offset, int rank) {
      this.bytes = bytes;
      this.offset = offset;
      this.rank = rank;
    }

    @Override
    public Long get(int i) {
      return ThriftWriter.getI64(bytes, offset + Long.BYTES * Objects.checkIndex(i, rank));
    }

    @Override
    public int size() {
      return rank;
    }
  }

  private SparseTensorCodec() {}
}
