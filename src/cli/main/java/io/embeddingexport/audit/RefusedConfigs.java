package io.embeddingexport.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.embeddingexport.audit.Anomaly.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Messages on the key-config topic that must be refused, and their dead letters. Their content
 * identifies them: a re-created topic has other messages at the same positions.
 */
final class RefusedConfigs {
  private static final String REASON = "key-config-refused";

  private final Map<String, Refused> byContent = new LinkedHashMap<>();

  /** All messages of one content, and their letters. */
  private static final class Refused {
    private final byte[] key;
    private int sent;
    private int letters;

    Refused(byte[] key) {
      this.key = key;
    }

    int missing() {
      return Math.max(0, sent - letters);
    }
  }

  void sent(byte[] key, byte[] value) {
    byContent.computeIfAbsent(content(value), content -> new Refused(key)).sent++;
  }

  /** The anomaly of a dead letter; null if it is right. */
  @Nullable Kind check(ConsumerRecord<byte[], byte[]> letter) {
    Refused refused = letter.value() == null ? null : byContent.get(content(letter.value()));
    if (refused == null) {
      return Kind.UNKNOWN_SOURCE;
    }
    refused.letters++;
    if (refused.letters > refused.sent) {
      return Kind.DUPLICATE;
    }
    boolean right =
        REASON.equals(OutputHeaders.text(letter, "ee.reason"))
            && Arrays.equals(letter.key(), refused.key);
    return right ? null : Kind.WRONG_LETTER;
  }

  /** Number of messages without a dead letter. */
  long missing() {
    return byContent.values().stream().mapToLong(Refused::missing).sum();
  }

  void addMissing(String topic, Report report) {
    byContent.forEach(
        (content, refused) -> {
          if (refused.missing() > 0) {
            report.add(
                new Anomaly(
                    Kind.LOST,
                    topic,
                    -1,
                    -1,
                    "no dead letter of the refused key config of %s: %s"
                        .formatted(content(refused.key), content)),
                refused.missing());
          }
        });
  }

  private static String content(byte[] value) {
    return new String(value, ISO_8859_1);
  }
}
