package io.embeddingexport.event.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.mapping.ElementType;
import org.jspecify.annotations.Nullable;

/** The types of values that are no messages: their form on the wire, and what they become. */
enum ValueType {
  DOUBLE(WireType.FIXED64, ElementType.FLOAT64, true),
  FLOAT(WireType.FIXED32, ElementType.FLOAT32, true),
  INT32(WireType.VARINT, ElementType.INT32, false),
  INT64(WireType.VARINT, ElementType.INT64, false),
  UINT32(WireType.VARINT, ElementType.INT64, false),
  UINT64(WireType.VARINT, ElementType.INT64, false),
  SINT32(WireType.VARINT, ElementType.INT32, false),
  SINT64(WireType.VARINT, ElementType.INT64, false),
  FIXED32(WireType.FIXED32, ElementType.INT64, false),
  FIXED64(WireType.FIXED64, ElementType.INT64, false),
  SFIXED32(WireType.FIXED32, ElementType.INT32, true),
  SFIXED64(WireType.FIXED64, ElementType.INT64, true),
  BOOL(WireType.VARINT, ElementType.BOOL, false),
  ENUM(WireType.VARINT, ElementType.INT32, false),
  STRING(WireType.LENGTH, null, false),
  BYTES(WireType.LENGTH, null, false);

  private static final long UNSIGNED_INT = 0xffffffffL;

  private final int wireType;
  private final @Nullable ElementType element;
  private final boolean spliced;

  ValueType(int wireType, @Nullable ElementType element, boolean spliced) {
    this.wireType = wireType;
    this.element = element;
    this.spliced = spliced;
  }

  /** The type of a field's values; null for messages and groups. */
  static @Nullable ValueType of(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE, GROUP -> null;
      default -> valueOf(field.getType().name());
    };
  }

  /** The form of one value; a packed list has {@link WireType#LENGTH}. */
  int wireType() {
    return wireType;
  }

  boolean isNumber() {
    return element != null;
  }

  /** The type of a tensor's elements; null for strings and bytes. */
  @Nullable ElementType element() {
    return element;
  }

  boolean isFloatingPoint() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Whether a packed list's bytes are those of its elements as they are. */
  boolean isSpliced() {
    return spliced;
  }

  /**
   * Reads one number: a whole one as a Java program of protobuf-java sees it, or the bits of a
   * floating-point one, which {@link #real} takes.
   */
  long number(ProtobufReader in) throws BadEventException {
    return switch (this) {
      case INT32, ENUM -> (int) in.varint();
      case INT64, UINT64 -> in.varint();
      case UINT32 -> in.varint() & UNSIGNED_INT;
      case SINT32 -> {
        int bits = (int) in.varint();
        yield bits >>> 1 ^ -(bits & 1);
      }
      case SINT64 -> {
        long bits = in.varint();
        yield bits >>> 1 ^ -(bits & 1);
      }
      case BOOL -> in.varint() == 0 ? 0 : 1;
      case FIXED32 -> in.fixed32() & UNSIGNED_INT;
      case SFIXED32, FLOAT -> in.fixed32();
      case FIXED64, SFIXED64, DOUBLE -> in.fixed64();
      case STRING, BYTES -> throw new IllegalStateException(this + " is not a type of numbers");
    };
  }

  /** The same value; a record has no unsigned numbers. */
  long requireSigned(long value) throws BadEventException {
    if (value < 0 && (this == UINT64 || this == FIXED64)) {
      throw new BadEventException("has an element of 2^63 or more, which no record can hold");
    }
    return value;
  }

  /** The floating-point number of these bits. */
  double real(long bits) {
    return this == FLOAT ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
  }
}
