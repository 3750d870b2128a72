package io.embeddingexport.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an output that name its input: {@code ee.origin} of records and tombstones; {@code
 * ee.topic}, {@code ee.partition}, {@code ee.offset}, {@code ee.key-config-version} and {@code
 * ee.reason} of dead letters. The names are written out here on purpose: consumers rely on them, so
 * a renamed constant must not pass the check.
 *
 * @param position null if absent or not readable
 * @param model null if absent
 * @param versionText null if absent
 * @param reason null if absent
 */
public record OutputHeaders(
    @Nullable SourcePosition position,
    @Nullable String model,
    @Nullable String versionText,
    @Nullable String reason) {
  public static final long NO_VERSION = -1;

  private static final int MAX_DIGITS = 9;

  /** The headers of a record or tombstone. */
  public static OutputHeaders ofRecord(ConsumerRecord<byte[], byte[]> message) {
    String origin = text(message, "ee.origin");
    if (origin == null) {
      return new OutputHeaders(null, null, null, null);
    }
    int space = origin.lastIndexOf(' ');
    int at = origin.lastIndexOf('@', space);
    boolean isModelStated = space >= 0 && at >= 0;
    String[] parts = origin.substring(space + 1).split(":", -1);
    return new OutputHeaders(
        parts.length == 3 ? position(parts[0], parts[1], parts[2]) : null,
        isModelStated ? origin.substring(0, at) : null,
        isModelStated ? origin.substring(at + 1, space) : null,
        null);
  }

  /** The headers of a dead letter. */
  public static OutputHeaders ofLetter(ConsumerRecord<byte[], byte[]> message) {
    return new OutputHeaders(
        position(
            text(message, "ee.topic"), text(message, "ee.partition"), text(message, "ee.offset")),
        text(message, "ee.model"),
        text(message, "ee.key-config-version"),
        text(message, "ee.reason"));
  }

  /** The key-config version; {@link #NO_VERSION}: none, or none that can be read. */
  public long version() {
    return isNumber(versionText) ? Long.parseLong(versionText) : NO_VERSION;
  }

  private static @Nullable SourcePosition position(
      @Nullable String topic, @Nullable String partition, @Nullable String offset) {
    return topic == null || !isNumber(partition) || !isNumber(offset)
        ? null
        : new SourcePosition(topic, Integer.parseInt(partition), Long.parseLong(offset));
  }

  private static boolean isNumber(@Nullable String text) {
    return text != null
        && !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The last header of a name; null if there is none. */
  static @Nullable String text(ConsumerRecord<byte[], byte[]> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
