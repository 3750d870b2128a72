package io.embeddingexport.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.export.KeyConfigId;
import io.embeddingexport.flink.types.Envelope;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes {@link Origin#HEADER} headers in the form of {@link Origin}. Inputs arrive in runs of one
 * partition, so the text up to the offset is reused. Not thread-safe.
 */
final class OriginHeader {
  private static final int MAX_LONG_DIGITS = 19;
  private static final byte[] NOTHING = {};

  private String topic = "";
  private int partition = -1;
  private byte[] partitionText = NOTHING;

  /** The header of a record written under {@code keyConfig}. */
  Header of(Envelope input, KeyConfigId keyConfig) {
    return header(input, keyConfig.originPrefix());
  }

  /** The header of a tombstone. */
  Header of(Envelope input) {
    return header(input, NOTHING);
  }

  private Header header(Envelope input, byte[] model) {
    if (input.partition() != partition || !input.topic().equals(topic)) {
      topic = input.topic();
      partition = input.partition();
      partitionText = (topic + ':' + partition + ':').getBytes(UTF_8);
    }
    int start = model.length + partitionText.length;
    byte[] text = new byte[start + digits(input.offset())];
    System.arraycopy(model, 0, text, 0, model.length);
    System.arraycopy(partitionText, 0, text, model.length, partitionText.length);
    long rest = input.offset();
    for (int i = text.length - 1; i >= start; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return new RecordHeader(Origin.HEADER, text);
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
