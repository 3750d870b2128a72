package io.embeddingexport.datarecord;

import io.embeddingexport.datarecord.wire.ThriftType;
import io.embeddingexport.datarecord.wire.ThriftWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes {@code GeneralTensor}s in the requested encoding, whatever their own encoding is.
 *
 * <pre>
 * raw  = 0C 0001  08 0001 i32 dataType  0B 0002 i32 byteLength payload(LE)  0F 0003 0A i32 rank i64 dim*  00 00
 * list = 0C union 0F 0001 elementType i32 count element(BE)*                0F 0002 0A i32 rank i64 dim*  00 00
 * </pre>
 */
final class TensorWriter {
  /** The union's field header and stop byte. */
  private static final int UNION = 3 + 1;

  private static final int RAW_HEADERS = 7 + 7 + 8 + 1;
  private static final int LIST_HEADERS = 8 + 8 + 1;

  private static final VarHandle LITTLE_FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Bytes of the content of {@code elementCount} elements of a type in {@code encoding}; not for
   * strings.
   */
  static long contentLength(TensorEncoding encoding, DataType dataType, int elementCount) {
    return (long) elementCount
        * (encoding == TensorEncoding.RAW ? dataType.elementBytes() : encoding.elementBytes());
  }

  /** Bytes of the whole union. */
  static long size(TensorEncoding encoding, long contentLength, int rank) {
    return UNION + structSize(encoding, contentLength, rank);
  }

  /** Bytes of the struct within the union. */
  static long structSize(TensorEncoding encoding, long contentLength, int rank) {
    return (encoding == TensorEncoding.RAW ? RAW_HEADERS : LIST_HEADERS)
        + contentLength
        + 8L * rank;
  }

  /** Bytes of {@code tensor}'s content in {@code encoding}, which it fits. */
  static long contentLength(TensorEncoding encoding, Tensor tensor) {
    return encoding == tensor.encoding()
        ? tensor.contentLength()
        : contentLength(encoding, tensor.dataType(), tensor.elementCount());
  }

  /**
   * Writes a tensor's headers and shape around a gap for its content, and returns the offset of the
   * gap.
   */
  static int writeAround(
      ThriftWriter out,
      TensorEncoding encoding,
      DataType dataType,
      int elementCount,
      int contentLength,
      Shape shape) {
    out.putField(ThriftType.STRUCT, encoding.fieldId());
    int gap = writeStructAround(out, encoding, dataType, elementCount, contentLength, shape);
    out.putByte(ThriftType.STOP);
    return gap;
  }

  private static int writeStructAround(
      ThriftWriter out,
      TensorEncoding encoding,
      DataType dataType,
      int elementCount,
      int contentLength,
      Shape shape) {
    if (encoding == TensorEncoding.RAW) {
      out.putField(ThriftType.I32, 1).putI32(dataType.code());
      out.putField(ThriftType.STRING, 2).putI32(contentLength);
    } else {
      out.putField(ThriftType.LIST, 1).putList(encoding.elementType(), elementCount);
    }
    int gap = out.skip(contentLength);
    out.putField(ThriftType.LIST, encoding == TensorEncoding.RAW ? 3 : 2);
    shape.writeTo(out);
    out.putByte(ThriftType.STOP);
    return gap;
  }

  /** Writes a whole tensor. */
  static void write(ThriftWriter out, TensorEncoding encoding, Tensor tensor, Shape shape) {
    int contentLength = (int) contentLength(encoding, tensor);
    int gap =
        writeAround(out, encoding, tensor.dataType(), tensor.elementCount(), contentLength, shape);
    copyContent(tensor, encoding, out.bytes(), gap);
  }

  /** Writes a whole tensor, in its own encoding and without a union. */
  static void writeStruct(ThriftWriter out, Tensor tensor) {
    TensorEncoding encoding = tensor.encoding();
    int gap =
        writeStructAround(
            out,
            encoding,
            tensor.dataType(),
            tensor.elementCount(),
            tensor.contentLength(),
            tensor.shape());
    copyContent(tensor, encoding, out.bytes(), gap);
  }

  /**
   * Copies {@code tensor}'s content, in {@code encoding}, which it fits, into {@code target} at
   * {@code offset}.
   */
  static void copyContent(Tensor tensor, TensorEncoding encoding, byte[] target, int offset) {
    if (tensor.encoding() == encoding) {
      System.arraycopy(
          tensor.bytes(), tensor.contentOffset(), target, offset, tensor.contentLength());
    } else {
      convert(tensor, encoding == TensorEncoding.RAW, target, offset);
    }
  }

  private static void convert(Tensor tensor, boolean toRaw, byte[] target, int to) {
    byte[] source = tensor.bytes();
    int from = tensor.contentOffset();
    int count = tensor.elementCount();
    switch (tensor.dataType()) {
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          if (toRaw) {
            LITTLE_FLOAT.set(
                target, to + 4 * i, (float) (double) BIG_DOUBLE.get(source, from + 8 * i));
          } else {
            BIG_DOUBLE.set(
                target, to + 8 * i, (double) (float) LITTLE_FLOAT.get(source, from + 4 * i));
          }
        }
      }
      // Reversing the bytes of an element is right in both directions.
      case INT32 -> {
        for (int i = 0; i < 4 * count; i += 4) {
          BIG_INT.set(target, to + i, (int) LITTLE_INT.get(source, from + i));
        }
      }
      case INT64, DOUBLE -> {
        for (int i = 0; i < 8 * count; i += 8) {
          BIG_LONG.set(target, to + i, (long) LITTLE_LONG.get(source, from + i));
        }
      }
      case BOOL -> {
        // A raw element may be any byte; libthrift reads a list element as true only if it is 1.
        for (int i = 0; i < count; i++) {
          target[to + i] = (byte) (source[from + i] == 0 ? 0 : 1);
        }
      }
      case UINT8, STRING, BYTE ->
          throw new IllegalArgumentException(tensor + " cannot stand in another encoding");
    }
  }

  private TensorWriter() {}
}
