package io.embeddingexport.event.kserve;

import io.embeddingexport.event.mapping.ElementType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data types of outputs that a record can hold, and where a response has their elements. */
enum KserveType {
  BOOL(ElementType.BOOL, 1),
  INT8(ElementType.INT8, 2),
  UINT8(ElementType.UINT8, 4),
  INT32(ElementType.INT32, 2),
  INT64(ElementType.INT64, 3),
  UINT64(ElementType.INT64, 5),
  FP16(ElementType.FLOAT16, 0),
  BF16(ElementType.BFLOAT16, 0),
  FP32(ElementType.FLOAT32, 6),
  FP64(ElementType.FLOAT64, 7),
  BYTES(null, 8);

  static final Map<String, KserveType> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, type -> type));

  private final @Nullable ElementType element;
  private final int contents;

  KserveType(@Nullable ElementType element, int contents) {
    this.element = element;
    this.contents = contents;
  }

  /** Null for BYTES. */
  @Nullable ElementType element() {
    return element;
  }

  /** The field of {@code InferTensorContents} that has its elements; 0 if they are always raw. */
  int contents() {
    return contents;
  }
}
