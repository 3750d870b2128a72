package io.embeddingexport.datarecord;

import static io.embeddingexport.datarecord.wire.ThriftWriter.getI32;
import static io.embeddingexport.datarecord.wire.ThriftWriter.getI64;

import io.embeddingexport.datarecord.wire.MalformedThriftException;
import io.embeddingexport.datarecord.wire.ThriftReader;
import java.util.Arrays;

/**
 * Passes over {@code GeneralTensor}s that nobody reads, and refuses what {@link TensorReader}
 * refuses. A raw vector as libtwml writes it needs a few comparisons and no object; its content is
 * not touched.
 *
 * <pre>
 * head = 0C 0001  08 0001 i32 dataType  0B 0002 i32 byteLength
 * tail = 0F 0003 0A i32 1 i64 extent  00 00
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

  /** The shape field of rank 1, before its only extent. */
  private static final long VECTOR_SHAPE = 0x0F_0003_0A_0000_0001L;

  private static final int EXTENT = 8;
  private static final int STOPS = EXTENT + 8;
  private static final int VECTOR_TAIL = STOPS + 2;

  /** By number of the data type; 0: such a tensor is none, or its elements are of any length. */
  private static final int[] ELEMENT_BYTES =
      Arrays.stream(DataType.values())
          .mapToInt(type -> type.isSupported() ? type.elementBytes() : 0)
          .toArray();

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
    if (remaining < HEAD + VECTOR_TAIL
        || getI64(bytes, at) != HEAD_START
        || getI32(bytes, at + CONTENT_FIELD) >>> 8 != CONTENT_FIELD_HEADER) {
      return 0;
    }
    int code = getI32(bytes, at + DATA_TYPE);
    int content = getI32(bytes, at + LENGTH);
    if (code < 0 || code >= ELEMENT_BYTES.length || content < 0) {
      return 0;
    }
    if (content > remaining - HEAD - VECTOR_TAIL) {
      return 0;
    }
    int tail = at + HEAD + content;
    long extent = getI64(bytes, tail + EXTENT);
    int size = ELEMENT_BYTES[code];
    boolean vector =
        getI64(bytes, tail) == VECTOR_SHAPE
            && size > 0
            && extent >= 0
            && extent <= content
            && extent * size == content
            && bytes[tail + STOPS] == 0
            && bytes[tail + STOPS + 1] == 0;
    return vector ? HEAD + content + VECTOR_TAIL : 0;
  }

  private TensorSkipper() {}
}
