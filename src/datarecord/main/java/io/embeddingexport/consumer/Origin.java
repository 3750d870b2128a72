package io.embeddingexport.consumer;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The input of a record or tombstone: the value of its {@code ee.origin} header, UTF-8 text.
 *
 * <pre>
 * origin  = [model "@" version " "] topic ":" partition ":" offset ["#" item]
 * model   = any text; it may have spaces and "@"
 * version = 1 to 19 decimal digits, of the key config in force
 * item    = 1 to 10 decimal digits: its index, if the input gives several records
 * </pre>
 *
 * A tombstone has no model and no version. Immutable.
 *
 * @param model null: not stated
 * @param keyConfigVersion 0: not stated
 * @param topic of the input
 * @param offset of the input
 * @param item from 0; {@link #WHOLE} if the input gives one record at most
 */
public record Origin(
    @Nullable String model,
    long keyConfigVersion,
    String topic,
    int partition,
    long offset,
    int item) {
  /** Name of the header. */
  public static final String HEADER = "ee.origin";

  public static final int WHOLE = -1;

  /** The origin in the last header of that name; null if there is none, or it is not an origin. */
  public static @Nullable Origin of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || header.value() == null ? null : parse(header.value());
  }

  /** Reads a header's value; null if it has another form. */
  public static @Nullable Origin parse(byte[] value) {
    OriginText text = OriginText.of(value);
    if (text == null) {
      return null;
    }
    String keyConfig = text.keyConfig();
    String model = null;
    long version = 0;
    if (keyConfig != null) {
      int at = keyConfig.lastIndexOf('@');
      if (at < 0) {
        return null;
      }
      model = keyConfig.substring(0, at);
      version = OriginText.wholeNumber(keyConfig.substring(at + 1));
      if (version < 0) {
        return null;
      }
    }
    return new Origin(model, version, text.topic(), text.partition(), text.offset(), text.item());
  }

  /** The position of the input: {@code topic:partition:offset}. */
  public String input() {
    return input(topic, partition, offset);
  }

  /** The position of a message: {@code topic:partition:offset}. */
  public static String input(String topic, int partition, long offset) {
    return topic + ':' + partition + ':' + offset;
  }
}
