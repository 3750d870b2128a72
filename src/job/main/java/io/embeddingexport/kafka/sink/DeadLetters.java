package io.embeddingexport.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The form of a rejected input on the dead-letter topic: its key, value, headers and timestamp
 * unchanged, then the headers that state its position and the reason.
 */
public final class DeadLetters {
  /**
   * Maximum length of {@link HeaderNames#DETAIL}, in bytes; longer text is cut at a character. The
   * same limit holds for the model, which an event may make of any length.
   */
  public static final int MAX_DETAIL_BYTES = 1024;

  /**
   * Size allowance for a dead letter beyond its input, in bytes: the added headers take less than 4
   * KiB.
   */
  public static final int MAX_ADDED_BYTES = 64 * 1024;

  private DeadLetters() {}

  static ProducerRecord<byte[], byte[]> of(String topic, Decision decision, Rejected why) {
    Envelope input = decision.input();
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, timestamp(input), input.key(), input.value());
    Headers headers = letter.headers();
    for (Header original : input.headers()) {
      headers.add(original);
    }
    headers
        .add(HeaderNames.REASON, text(why.reason().label()))
        .add(HeaderNames.DETAIL, cut(why.detail()))
        .add(HeaderNames.TOPIC, text(input.topic()))
        .add(HeaderNames.PARTITION, text(Integer.toString(input.partition())))
        .add(HeaderNames.OFFSET, text(Long.toString(input.offset())))
        .add(HeaderNames.TIMESTAMP, text(Long.toString(input.timestampMillis())));
    if (decision.item() != Decision.WHOLE) {
      headers.add(HeaderNames.ITEM, text(Integer.toString(decision.item())));
    }
    if (why.model() != null) {
      headers.add(HeaderNames.MODEL, cut(why.model()));
    }
    if (why.keyConfigVersion() > 0) {
      headers.add(HeaderNames.KEY_CONFIG_VERSION, text(Long.toString(why.keyConfigVersion())));
    }
    return letter;
  }

  /**
   * The input's timestamp in ms, or null, for the producer's clock, if it has none: a
   * ProducerRecord throws on any negative timestamp.
   */
  static @Nullable Long timestamp(Envelope input) {
    return input.timestampMillis() < 0 ? null : input.timestampMillis();
  }

  private static byte[] cut(String text) {
    byte[] bytes = text(text);
    if (bytes.length <= MAX_DETAIL_BYTES) {
      return bytes;
    }
    int end = MAX_DETAIL_BYTES;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
