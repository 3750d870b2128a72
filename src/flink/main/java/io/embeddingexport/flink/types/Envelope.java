package io.embeddingexport.flink.types;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.EventMessage;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One input as received: nothing decoded, nothing lost. The arrays must not be changed.
 *
 * @param key null if it has none
 * @param value null for a tombstone
 * @param headers several may have the same name
 * @param timestampMillis ms since the epoch; {@link #NO_TIMESTAMP} if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own arrays, passed on uncopied
@TypeInfo(EnvelopeTypeInfo.class)
@PublicEvolving
public record Envelope(
    byte @Nullable [] key,
    byte @Nullable [] value,
    Header[] headers,
    long timestampMillis,
    String topic,
    int partition,
    long offset)
    implements Input, EventMessage {

  public static final long NO_TIMESTAMP = -1;

  /**
   * Header that names the model, in UTF-8: on an input tombstone, and on a dead letter if known.
   */
  public static final String MODEL_HEADER = "ee.model";

  public static final Header[] NO_HEADERS = {};

  /** The model named by the last {@link #MODEL_HEADER}; null if there is none. */
  public @Nullable String model() {
    byte[] model = header(MODEL_HEADER);
    return model == null ? null : new String(model, UTF_8);
  }

  @Override
  public byte @Nullable [] header(String name) {
    for (int i = headers.length - 1; i >= 0; i--) {
      if (headers[i].key().equals(name) && headers[i].value() != null) {
        return headers[i].value();
      }
    }
    return null;
  }

  /**
   * Bytes of the key and of the headers that the record keeps, names in UTF-8.
   *
   * @param forwarded names of the headers that the record keeps
   */
  public int carriedBytes(Set<String> forwarded) {
    int bytes = key == null ? 0 : key.length;
    if (!forwarded.isEmpty()) {
      for (Header header : headers) {
        if (forwarded.contains(header.key())) {
          bytes += header.key().getBytes(UTF_8).length;
          bytes += header.value() == null ? 0 : header.value().length;
        }
      }
    }
    return bytes;
  }

  /** The topic, partition and offset; never the contents. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
