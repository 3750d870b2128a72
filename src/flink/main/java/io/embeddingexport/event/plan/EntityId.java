package io.embeddingexport.event.plan;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.FeatureId;
import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.EntityKey;
import io.embeddingexport.event.mapping.EntityIdForm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entity id of one event, from a number or a text. Reused; not thread-safe. */
final class EntityId {
  private final EntityIdForm form;
  private final String source;

  private boolean present;
  private long number;
  private byte @Nullable [] text;

  /**
   * @param source where it is from, in messages
   */
  EntityId(EntityIdForm form, String source) {
    this.form = form;
    this.source = source;
  }

  void clear() {
    present = false;
    text = null;
  }

  boolean isPresent() {
    return present;
  }

  /** 0 if it is a name. */
  long number() {
    return name() == null ? number : 0;
  }

  /** Null if it is a number. */
  byte @Nullable [] name() {
    return form == EntityIdForm.NONE ? text : null;
  }

  /** The text or bytes that it was made of; null if it was sent as a number. */
  byte @Nullable [] text() {
    return text;
  }

  /** The Kafka key of a record whose event has none. */
  Bytes key() {
    return Bytes.of(EntityKey.of(number, name()));
  }

  void set(long value) {
    present = true;
    number = value;
    text = null;
  }

  void set(byte[] bytes, int from, int to) throws BadEventException {
    if (from == to) {
      throw new BadEventException(source + " is empty; send the entity's id");
    }
    byte[] copy = Arrays.copyOfRange(bytes, from, to);
    present = true;
    text = copy;
    switch (form) {
      case DECIMAL -> number = decimal(bytes, from, to);
      case INT64 -> {
        if (copy.length != Long.BYTES) {
          throw new BadEventException(
              source + " has " + copy.length + " bytes, not the 8 of from-string: int64");
        }
        number = ByteBuffer.wrap(copy).getLong();
      }
      case FEATURE_ID -> number = featureId(copy);
      case MURMUR3 -> number = FeatureId.murmur3(copy);
      case NONE -> number = 0;
    }
  }

  private long featureId(byte[] utf8) throws BadEventException {
    try {
      return FeatureId.ofUtf8(utf8);
    } catch (IllegalArgumentException e) {
      throw new BadEventException(
          source + " is not UTF-8, which from-string: feature-id needs; write murmur3");
    }
  }

  private long decimal(byte[] text, int from, int to) throws BadEventException {
    boolean negative = text[from] == '-';
    int at = negative ? from + 1 : from;
    boolean valid = at < to;
    long value = 0;
    for (; valid && at < to; at++) {
      int digit = text[at] - '0';
      // Counted below zero, because the least number has no positive one.
      valid = digit >= 0 && digit <= 9 && value >= (Long.MIN_VALUE + digit) / 10;
      value = 10 * value - digit;
    }
    if (!valid || (!negative && value == Long.MIN_VALUE)) {
      throw new BadEventException(
          source
              + " is not a decimal 64-bit number; send one, or say in the mapping what its text"
              + " becomes (from-string)");
    }
    return negative ? value : -value;
  }
}
