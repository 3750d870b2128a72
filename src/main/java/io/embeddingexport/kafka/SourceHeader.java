package io.embeddingexport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.flink.Envelope;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes {@link HeaderNames#SOURCE} headers. Inputs come in runs of one partition, so the text up to
 * the offset is kept from one to the next. Not thread-safe.
 */
final class SourceHeader {
  private static final int MAX_LONG_DIGITS = 19;

  private String topic = "";
  private int partition = -1;
  private byte[] prefix = {};

  Header of(Envelope input) {
    if (input.partition() != partition || !input.topic().equals(topic)) {
      topic = input.topic();
      partition = input.partition();
      prefix = (topic + ':' + partition + ':').getBytes(UTF_8);
    }
    return new RecordHeader(HeaderNames.SOURCE, withOffset(input.offset()));
  }

  private byte[] withOffset(long offset) {
    int digits = digits(offset);
    byte[] text = new byte[prefix.length + digits];
    System.arraycopy(prefix, 0, text, 0, prefix.length);
    long rest = offset;
    for (int i = text.length - 1; i >= prefix.length; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return text;
  }

  private static int digits(long offset) {
    long limit = 10;
    for (int digits = 1; digits < MAX_LONG_DIGITS; digits++) {
      if (offset < limit) {
        return digits;
      }
      limit *= 10;
    }
    return MAX_LONG_DIGITS;
  }
}
