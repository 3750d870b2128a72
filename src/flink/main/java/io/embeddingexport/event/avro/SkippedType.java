package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type whose values are skipped. Items of a fixed size are not walked one by one, so that many
 * items of no bytes take no time. Immutable once {@link SkippedTypes} has finished it.
 */
final class SkippedType {
  /** Lists, maps and records that may be in each other. */
  static final int MAX_DEPTH = 64;

  enum Kind {
    /** Always as many bytes: a float, a fixed, a record of them. */
    SIZED,
    NUMBER,
    /** A length, and as many bytes. */
    BYTES,
    RECORD,
    UNION,
    ARRAY,
    MAP
  }

  private static final SkippedType[] NONE = {};

  private Kind kind;
  private long size;
  private SkippedType[] parts = NONE;

  private SkippedType(Kind kind) {
    this.kind = kind;
  }

  static SkippedType of(Kind kind) {
    return new SkippedType(kind);
  }

  static SkippedType sized(long size) {
    SkippedType type = new SkippedType(Kind.SIZED);
    type.size = size;
    return type;
  }

  Kind kind() {
    return kind;
  }

  /** Bytes of a value of a SIZED type. */
  long size() {
    return size;
  }

  List<SkippedType> parts() {
    return List.of(parts);
  }

  /** Fields, branches, or the one type of items. */
  void setParts(List<SkippedType> newParts) {
    parts = newParts.toArray(SkippedType[]::new);
  }

  /** Makes a record of fields that have one size each a type of one size. */
  void becomeSized(long newSize) {
    kind = Kind.SIZED;
    size = newSize;
    parts = NONE;
  }

  void skip(AvroInput in) throws BadEventException {
    skip(in, MAX_DEPTH);
  }

  private void skip(AvroInput in, int depth) throws BadEventException {
    switch (kind) {
      case SIZED -> in.skip(size);
      case NUMBER -> in.readLong();
      case BYTES -> in.skip(in.readLength());
      case UNION -> parts[in.readIndex(parts.length)].skip(in, depth);
      case RECORD -> {
        int inner = inner(depth);
        for (SkippedType field : parts) {
          field.skip(in, inner);
        }
      }
      case ARRAY -> skipBlocks(in, null, parts[0], inner(depth));
      case MAP -> skipBlocks(in, SkippedTypes.TEXT, parts[0], inner(depth));
    }
  }

  private static int inner(int depth) throws BadEventException {
    if (depth == 0) {
      throw new BadEventException("more than " + MAX_DEPTH + " values in each other");
    }
    return depth - 1;
  }

  private static void skipBlocks(
      AvroInput in, @Nullable SkippedType key, SkippedType item, int depth)
      throws BadEventException {
    for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
      int end = in.blockEnd();
      if (key == null && item.kind == Kind.SIZED) {
        item.skipSized(in, count);
        in.endBlock(end);
      } else if (end != AvroInput.NO_SIZE) {
        in.skip(end - in.at());
      } else {
        item.skipEach(in, key, count, depth);
      }
    }
  }

  /** Skips items in a row. */
  void skip(AvroInput in, long count) throws BadEventException {
    if (kind == Kind.SIZED) {
      skipSized(in, count);
    } else {
      skipEach(in, null, count, MAX_DEPTH);
    }
  }

  private void skipEach(AvroInput in, @Nullable SkippedType key, long count, int depth)
      throws BadEventException {
    for (long i = 0; i < count; i++) {
      if (key != null) {
        key.skip(in, depth);
      }
      skip(in, depth);
    }
  }

  private void skipSized(AvroInput in, long count) throws BadEventException {
    if (size != 0 && count > in.remaining() / size) {
      throw in.ends();
    }
    // No product of a count and 0 is too large.
    in.skip(count * size);
  }
}
