package io.embeddingexport.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One input as it came: nothing decoded, nothing lost. The arrays must not be changed.
 *
 * @param key null if it has none
 * @param value null for a tombstone
 * @param timestampMillis ms since the epoch; {@link #NO_TIMESTAMP} if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own arrays, passed on without a copy
@TypeInfo(EnvelopeTypeInfo.class)
public record Envelope(
    byte @Nullable [] key,
    byte @Nullable [] value,
    Header[] headers,
    long timestampMillis,
    String topic,
    int partition,
    long offset)
    implements Input {

  public static final long NO_TIMESTAMP = -1;

  /** The model that the header {@link Header#MODEL} names; null if there is none. */
  @Nullable String model() {
    for (Header header : headers) {
      if (header.name().equals(Header.MODEL) && header.value() != null) {
        return new String(header.value(), UTF_8);
      }
    }
    return null;
  }

  /** Bytes of key and headers: the most that a record can take along beside its own. */
  public int carriedBytes() {
    int bytes = key == null ? 0 : key.length;
    for (Header header : headers) {
      bytes += header.name().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  /** Where it came from; never what it holds. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
