package io.embeddingexport.kafka.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.kafka.HeaderNames;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What our headers say of the input that a message was made of. */
record SourcePosition(String topic, int partition, long offset) {

  /** Whether the message was made of an input in one of these ranges. */
  static boolean isOfOne(Headers headers, List<SourceRange> ranges) {
    SourcePosition position = of(headers);
    return position != null && ranges.stream().anyMatch(position::isIn);
  }

  /** Of a record, tombstone or dead letter; null if it is none of ours. */
  static @Nullable SourcePosition of(Headers headers) {
    try {
      String source = text(headers, HeaderNames.SOURCE);
      if (source != null && text(headers, HeaderNames.REASON) == null) {
        int offset = source.lastIndexOf(':');
        int partition = source.lastIndexOf(':', offset - 1);
        return new SourcePosition(
            source.substring(0, partition),
            Integer.parseInt(source.substring(partition + 1, offset)),
            Long.parseLong(source.substring(offset + 1)));
      }
      String topic = text(headers, HeaderNames.TOPIC);
      String partition = text(headers, HeaderNames.PARTITION);
      String offset = text(headers, HeaderNames.OFFSET);
      return topic == null || partition == null || offset == null
          ? null
          : new SourcePosition(topic, Integer.parseInt(partition), Long.parseLong(offset));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return null;
    }
  }

  private boolean isIn(SourceRange range) {
    return topic.equals(range.topic())
        && partition == range.partition()
        && offset >= range.first()
        && offset <= range.last();
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
