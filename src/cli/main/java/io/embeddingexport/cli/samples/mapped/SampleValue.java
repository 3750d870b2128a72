package io.embeddingexport.cli.samples.mapped;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.mapping.EntityIdForm;
import io.embeddingexport.event.mapping.EventTimeUnit;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a sample event, before it has the form of a format or schema. */
sealed interface SampleValue {

  /** The value as a text; null if it has no such form. */
  default @Nullable String text() {
    return null;
  }

  /**
   * The value as a whole number; null if it has no such form.
   *
   * @param unit of a time, if the mapping states none
   */
  default @Nullable Long number(EventTimeUnit unit) {
    return null;
  }

  /** The value as bytes; null if it has no such form. */
  default byte @Nullable [] bytes() {
    String text = text();
    return text == null ? null : text.getBytes(UTF_8);
  }

  /** An object, record or message: its fields, in their order. */
  record Fields(Map<String, SampleValue> values) implements SampleValue {}

  /** A list; an item is null where the mapping names none. */
  record Items(List<@Nullable SampleValue> values) implements SampleValue {}

  /** A text. */
  record Text(String text) implements SampleValue {}

  /** A whole number. */
  record Whole(long value) implements SampleValue {
    @Override
    public String text() {
      return Long.toString(value);
    }

    @Override
    public Long number(EventTimeUnit unit) {
      return value;
    }
  }

  /** Any text other than the one that marks a deletion. */
  record OtherThan(String mark) implements SampleValue {
    @Override
    public String text() {
      return mark.equals("c") ? "u" : "c";
    }
  }

  /**
   * An entity id.
   *
   * @param form of an id that is a text or bytes
   */
  record EntityId(long value, EntityIdForm form) implements SampleValue {
    @Override
    public String text() {
      return form == EntityIdForm.DECIMAL ? Long.toString(value) : "entity-" + value;
    }

    @Override
    public Long number(EventTimeUnit unit) {
      return value;
    }

    @Override
    public byte[] bytes() {
      return form == EntityIdForm.INT64
          ? ByteBuffer.allocate(Long.BYTES).putLong(value).array()
          : text().getBytes(UTF_8);
    }
  }

  /**
   * A point in time.
   *
   * @param millis since the epoch
   * @param unit of a number, by the mapping; null if it states none
   */
  record Time(long millis, @Nullable EventTimeUnit unit) implements SampleValue {
    @Override
    public String text() {
      return Instant.ofEpochMilli(millis).toString();
    }

    @Override
    public Long number(EventTimeUnit otherwise) {
      return switch (unit == null ? otherwise : unit) {
        case SECONDS -> Math.floorDiv(millis, 1_000L);
        case MILLIS -> millis;
        case MICROS -> Math.multiplyExact(millis, 1_000L);
        case NANOS -> Math.multiplyExact(millis, 1_000_000L);
      };
    }
  }

  /** The elements of a tensor. */
  record Elements(SampleElements elements) implements SampleValue {
    @Override
    public byte @Nullable [] bytes() {
      return elements.areTexts() ? null : elements.bytes();
    }
  }
}
