package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.wire.MalformedThriftException.missingField;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.shapeContradictsContent;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unionArity;
import static io.embeddingexport.datarecord.wire.MalformedThriftException.unknownField;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import io.embeddingexport.datarecord.wire.ThriftType;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Internal, for the decoders of records and events. Reads {@code GeneralTensor}s as views. As
 * strict as libtwml about field ids, types and required fields. Stricter elsewhere: shape and
 * content must agree, and no length is trusted. The last of repeated fields counts.
 */
@Internal
public final class TensorReader {

  /** Reads the union at the reader's position and moves past its stop byte. */
  public static Tensor read(ThriftReader in) throws MalformedThriftException {
    int at = in.position();
    byte type = in.readByte();
    if (type == ThriftType.STOP) {
      throw unionArity(at, "GeneralTensor");
    }
    int fieldId = in.readI16();
    TensorEncoding encoding = TensorEncoding.ofFieldId(fieldId);
    if (encoding == null) {
      throw unknownField(at, fieldId, "GeneralTensor");
    }
    ThriftReader.check(at, type, ThriftType.STRUCT);
    Tensor tensor = encoding == TensorEncoding.RAW ? readRaw(in) : readList(in, encoding);
    at = in.position();
    if (in.readByte() != ThriftType.STOP) {
      throw unionArity(at, "GeneralTensor");
    }
    return tensor;
  }

  private static Tensor readRaw(ThriftReader in) throws MalformedThriftException {
    int start = in.position();
    DataType dataType = null;
    int contentOffset = -1;
    int contentLength = 0;
    Shape shape = null;
    int at = start;
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      switch (fieldId) {
        case 1 -> {
          ThriftReader.check(at, type, ThriftType.I32);
          int code = in.readI32();
          dataType = DataType.ofCode(code);
          if (dataType == null) {
            throw MalformedThriftException.unknownDataType(at, code);
          }
        }
        case 2 -> {
          ThriftReader.check(at, type, ThriftType.STRING);
          contentLength = in.readCount(1);
          contentOffset = in.position();
          in.skipBytes(contentLength);
        }
        case 3 -> {
          ThriftReader.check(at, type, ThriftType.LIST);
          shape = readShape(in);
        }
        default -> throw unknownField(at, fieldId, "RawTypedTensor");
      }
      at = in.position();
    }
    if (dataType == null) {
      throw missingField(start, "RawTypedTensor", "dataType");
    }
    if (contentOffset < 0) {
      throw missingField(start, "RawTypedTensor", "content");
    }
    int count;
    if (dataType == DataType.STRING) {
      // Opaque bytes. libtwml requires a shape here, and treats an empty one as none.
      if (shape == null || shape.rank() == 0) {
        throw missingField(start, "RawTypedTensor of STRING", "shape");
      }
      count = shape.fixedElementCount();
    } else {
      int size = dataType.elementBytes();
      if (contentLength % size != 0) {
        throw shapeContradictsContent(
            contentOffset,
            contentLength + " bytes are no whole number of " + dataType + " elements");
      }
      count = contentLength / size;
      requireCount(start, shape, count);
    }
    return new Tensor(
        TensorEncoding.RAW, dataType, in.bytes(), contentOffset, contentLength, count, shape);
  }

  /** Reads a StringTensor or a typed tensor, without the union around it. */
  static Tensor readList(ThriftReader in, TensorEncoding encoding) throws MalformedThriftException {
    int start = in.position();
    int contentOffset = -1;
    int contentLength = 0;
    int count = 0;
    Shape shape = null;
    int at = start;
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      switch (fieldId) {
        case 1 -> {
          ThriftReader.check(at, type, ThriftType.LIST);
          count = in.readListHeader(encoding.elementType());
          contentOffset = in.position();
          skipElements(in, encoding, count);
          contentLength = in.position() - contentOffset;
        }
        case 2 -> {
          ThriftReader.check(at, type, ThriftType.LIST);
          shape = readShape(in);
        }
        default -> throw unknownField(at, fieldId, encoding + " tensor");
      }
      at = in.position();
    }
    if (contentOffset < 0) {
      throw missingField(start, encoding + " tensor", "list of elements");
    }
    requireCount(start, shape, count);
    return new Tensor(
        encoding, encoding.dataType(), in.bytes(), contentOffset, contentLength, count, shape);
  }

  private static void skipElements(ThriftReader in, TensorEncoding encoding, int count)
      throws MalformedThriftException {
    if (encoding.isTyped()) {
      in.skipBytes(count * encoding.elementBytes());
    } else {
      for (int i = 0; i < count; i++) {
        in.skipBytes(in.readCount(1));
      }
    }
  }

  private static Shape readShape(ThriftReader in) throws MalformedThriftException {
    int rank = in.readListHeader(ThriftType.I64);
    int offset = in.position();
    in.skipBytes(8 * rank);
    Shape shape = Shape.view(in.bytes(), offset, rank);
    if (shape == null) {
      throw shapeContradictsContent(
          offset, "the shape (rank " + rank + ") has a negative extent or 2^31 elements or more");
    }
    return shape;
  }

  private static void requireCount(int at, @Nullable Shape shape, int count)
      throws MalformedThriftException {
    if (shape != null && shape.fixedElementCount() != count) {
      throw shapeContradictsContent(
          at,
          "a shape of "
              + shape.fixedElementCount()
              + " elements (rank "
              + shape.rank()
              + ") on a tensor of "
              + count);
    }
  }

  private TensorReader() {}
}
