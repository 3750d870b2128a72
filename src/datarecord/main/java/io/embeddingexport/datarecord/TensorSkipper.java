package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.wire.ThriftWriter.getI32;
import static io.embeddingexport.datarecord.wire.ThriftWriter.getI64;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;

/**
 * Passes over {@code GeneralTensor}s that nobody reads, and refuses what {@link TensorReader}
 * refuses. A raw tensor as libtwml writes it needs a few comparisons and no object; its content is
 * not touched.
 *
 * <pre>
 * head = 0C 0001  08 0001 i32 dataType  0B 0002 i32 byteLength
 * tail = 0F 0003 0A i32 rank i64 dim*  00 00
 * </pre>
 */
final class TensorSkipper {
  private static final int HEAD = 3 + 7 + 7;
  private static final int DATA_TYPE = 3 + 3;
  private static final int CONTENT_FIELD = DATA_TYPE + 4;
  private static final int LENGTH = CONTENT_FIELD + 3;

  /** The first eight bytes of a head: those of a data type are 0 in front. */
  private static final long HEAD_START = 0x0C00_0108_0001_0000L;

  private static final int CONTENT_FIELD_HEADER = 0x0B_0002;
  private static final int SHAPE_FIELD_HEADER = 0x0F_0003_0A;
  private static final int TAIL = 4 + 4 + 2;

  /** Moves past the union at the reader's position. */
  static void skip(ThriftReader in) throws MalformedThriftException {
    int length = rawLength(in.bytes(), in.position(), in.remaining());
    if (length > 0) {
      in.skipBytes(length);
    } else {
      TensorReader.read(in);
    }
  }

  /** Bytes of a well-formed raw tensor at {@code at}; 0 if it is none, or the reader must look. */
  private static int rawLength(byte[] bytes, int at, int remaining) {
    if (remaining < HEAD + TAIL
        || getI64(bytes, at) != HEAD_START
        || getI32(bytes, at + CONTENT_FIELD) >>> 8 != CONTENT_FIELD_HEADER) {
      return 0;
    }
    DataType type = DataType.ofCode(getI32(bytes, at + DATA_TYPE));
    int content = getI32(bytes, at + LENGTH);
    if (type == null
        || type == DataType.STRING
        || content < 0
        || content > remaining - HEAD - TAIL) {
      return 0;
    }
    int tail = at + HEAD + content;
    int rank = getI32(bytes, tail + 4);
    if (getI32(bytes, tail) != SHAPE_FIELD_HEADER
        || rank < 0
        || 8L * rank > remaining - HEAD - content - TAIL) {
      return 0;
    }
    long size = type.elementBytes();
    for (int i = 0; i < rank; i++) {
      long dim = getI64(bytes, tail + 8 + 8 * i);
      if (dim <= 0 || dim > content) {
        return 0;
      }
      size *= dim;
      if (size > content) {
        return 0;
      }
    }
    int stops = tail + 8 + 8 * rank;
    return size == content && bytes[stops] == 0 && bytes[stops + 1] == 0 ? stops + 2 - at : 0;
  }

  private TensorSkipper() {}
}
