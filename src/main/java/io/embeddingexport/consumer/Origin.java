package io.embeddingexport.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    String whole = new String(value, UTF_8);
    int space = whole.lastIndexOf(' ');
    String position = whole.substring(space + 1);
    int item = position.indexOf('#');
    String input = item < 0 ? position : position.substring(0, item);
    int offset = input.lastIndexOf(':');
    int partition = input.lastIndexOf(':', offset - 1);
    int version = whole.lastIndexOf('@', Math.max(0, space));
    if (partition < 1 || (space >= 0 && (version < 0 || version > space))) {
      return null;
    }
    try {
      return new Origin(
          space < 0 ? null : whole.substring(0, version),
          space < 0 ? 0 : Long.parseLong(whole.substring(version + 1, space)),
          input.substring(0, partition),
          Integer.parseInt(input.substring(partition + 1, offset)),
          text.offset(),
          item < 0 ? WHOLE : Integer.parseInt(position.substring(item + 1)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The position of the input: {@code topic:partition:offset}. */
  public String input() {
    return topic + ':' + partition + ':' + offset;
  }
}
