package io.embeddingexport.event.kserve;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.NameTable;
import io.embeddingexport.event.mapping.ElementType;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The data types of outputs that a record can hold, and where a response has their elements. */
enum KserveType {
  BOOL(ElementType.BOOL, 1, 0, 1),
  INT8(ElementType.INT8, KserveType.INTS, Byte.MIN_VALUE, Byte.MAX_VALUE),
  INT16(ElementType.INT16, KserveType.INTS, Short.MIN_VALUE, Short.MAX_VALUE),
  INT32(ElementType.INT32, KserveType.INTS, Integer.MIN_VALUE, Integer.MAX_VALUE),
  INT64(ElementType.INT64, 3, Long.MIN_VALUE, Long.MAX_VALUE),
  UINT8(ElementType.UINT8, KserveType.UINTS, 0, 0xff),
  UINT16(ElementType.UINT16, KserveType.UINTS, 0, 0xffff),
  UINT32(ElementType.UINT32, KserveType.UINTS, 0, 0xffffffffL),
  /** For entity ids only: a record has no unsigned numbers. */
  UINT64(ElementType.INT64, 5, Long.MIN_VALUE, Long.MAX_VALUE),
  FP16(ElementType.FLOAT16, KserveType.RAW, 0, 0),
  BF16(ElementType.BFLOAT16, KserveType.RAW, 0, 0),
  FP32(ElementType.FLOAT32, 6, 0, 0),
  FP64(ElementType.FLOAT64, 7, 0, 0),
  BYTES(null, 8, 0, 0);

  static final int INTS = 2;
  static final int UINTS = 4;

  /** The elements are always raw. */
  static final int RAW = 0;

  /** All, for messages. */
  static final String NAMES =
      Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));

  /** By name; must not be changed. */
  static final NameTable<KserveType> BY_NAME = new NameTable<>();

  static {
    for (KserveType type : values()) {
      BY_NAME.put(type.name(), type);
    }
  }

  private final @Nullable ElementType element;
  private final int contents;
  private final long least;
  private final long most;

  KserveType(@Nullable ElementType element, int contents, long least, long most) {
    this.element = element;
    this.contents = contents;
    this.least = least;
    this.most = most;
  }

  /** The type of elements in raw contents. Null for BYTES. */
  @Nullable ElementType element() {
    return element;
  }

  /** The field of {@code InferTensorContents} that has its elements; {@link #RAW} if none has. */
  int contents() {
    return contents;
  }

  boolean isWhole() {
    return element != null && !element.isFloatingPoint();
  }

  /** The same whole number, if it is one of this type. */
  long requireInRange(long value) throws BadEventException {
    if (value < least || value > most) {
      throw new BadEventException("an element is beyond the range of " + this);
    }
    return value;
  }
}
