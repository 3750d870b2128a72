package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.MalformedRecordException.missingField;
import static io.embeddingexport.datarecord.MalformedRecordException.shapeContradictsContent;
import static io.embeddingexport.datarecord.MalformedRecordException.unknownField;

/**
 * Reads {@code GeneralTensor}s as views. Strict where libtwml is: field ids, types and required
 * fields; and where it is not: shape and content must agree, and no length is trusted.
 */
public final class TensorReader {

  /** Reads the union at the reader's position and leaves it behind the union's stop byte. */
  public static Tensor read(ThriftReader in) throws MalformedRecordException {
    int at = in.position();
    byte type = in.readByte();
    if (type == ThriftType.STOP) {
      throw MalformedRecordException.unionArity(at, "GeneralTensor");
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
      throw MalformedRecordException.unionArity(at, "GeneralTensor");
    }
    return tensor;
  }

  private static Tensor readRaw(ThriftReader in) throws MalformedRecordException {
    int start = in.position();
    DataType dataType = null;
    int contentOffset = -1;
    int contentLength = 0;
    int shapeOffset = -1;
    int rank = 0;
    int at = start;
    for (byte type = in.readByte(); type != ThriftType.STOP; type = in.readByte()) {
      int fieldId = in.readI16();
      switch (fieldId) {
        case 1 -> {
          ThriftReader.check(at, type, ThriftType.I32);
          int code = in.readI32();
          dataType = DataType.ofCode(code);
          if (dataType == null) {
            throw MalformedRecordException.unknownDataType(at, code);
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
          rank = in.readListHeader(ThriftType.I64);
          shapeOffset = in.position();
          in.skipBytes(8 * rank);
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
      // libtwml takes the bytes as opaque, but needs a shape.
      if (shapeOffset < 0) {
        throw missingField(start, "RawTypedTensor of STRING", "shape");
      }
      count = (int) Math.min(Integer.MAX_VALUE, elementCount(in, shapeOffset, rank));
    } else {
      int size = dataType.elementBytes();
      if (contentLength % size != 0) {
        throw shapeContradictsContent(
            contentOffset,
            contentLength + " bytes are no whole number of " + dataType + " elements");
      }
      count = contentLength / size;
      requireShape(in, shapeOffset, rank, count);
    }
    return new Tensor(
        TensorEncoding.RAW,
        dataType,
        in.bytes(),
        contentOffset,
        contentLength,
        count,
        shapeOffset,
        rank);
  }

  private static Tensor readList(ThriftReader in, TensorEncoding encoding)
      throws MalformedRecordException {
    int start = in.position();
    int contentOffset = -1;
    int contentLength = 0;
    int count = 0;
    int shapeOffset = -1;
    int rank = 0;
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
          rank = in.readListHeader(ThriftType.I64);
          shapeOffset = in.position();
          in.skipBytes(8 * rank);
        }
        default -> throw unknownField(at, fieldId, encoding + " tensor");
      }
      at = in.position();
    }
    if (contentOffset < 0) {
      throw missingField(start, encoding + " tensor", "list of elements");
    }
    requireShape(in, shapeOffset, rank, count);
    return new Tensor(
        encoding,
        encoding.dataType(),
        in.bytes(),
        contentOffset,
        contentLength,
        count,
        shapeOffset,
        rank);
  }

  private static void skipElements(ThriftReader in, TensorEncoding encoding, int count)
      throws MalformedRecordException {
    if (encoding.isTyped()) {
      in.skipBytes(count * encoding.elementBytes());
    } else {
      for (int i = 0; i < count; i++) {
        in.skipBytes(in.readCount(1));
      }
    }
  }

  private static void requireShape(ThriftReader in, int shapeOffset, int rank, int count)
      throws MalformedRecordException {
    if (shapeOffset >= 0 && elementCount(in, shapeOffset, rank) != count) {
      throw shapeContradictsContent(
          shapeOffset,
          "the shape (rank " + rank + ") does not hold the tensor's " + count + " elements");
    }
  }

  /** Product of the extents, or -1 if one is negative or the product is 2³¹ or more. */
  private static long elementCount(ThriftReader in, int shapeOffset, int rank) {
    long count = 1;
    boolean overflow = false;
    for (int i = 0; i < rank; i++) {
      long dim = ThriftWriter.getI64(in.bytes(), shapeOffset + 8 * i);
      if (dim < 0) {
        return -1;
      }
      overflow |= dim > Integer.MAX_VALUE || count * dim > Integer.MAX_VALUE;
      count = dim == 0 ? 0 : overflow ? 1 : count * dim;
      if (count == 0) {
        return hasNegative(in, shapeOffset, rank) ? -1 : 0;
      }
    }
    return overflow ? -1 : count;
  }

  private static boolean hasNegative(ThriftReader in, int shapeOffset, int rank) {
    for (int i = 0; i < rank; i++) {
      if (ThriftWriter.getI64(in.bytes(), shapeOffset + 8 * i) < 0) {
        return true;
      }
    }
    return false;
  }

  private TensorReader() {}
}
