package io.embeddingexport.chaos.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.chaos.check.Anomaly.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Messages on the key-config topic that must be refused, each with a content of its own, and the
 * dead letters made of them. They are told apart by their content: in a topic that was created anew
 * another one stands at the same place.
 */
final class RefusedConfigs {
  static final String REASON = "key-config-refused";

  private final Map<String, Refused> byContent = new LinkedHashMap<>();

  /**
   * One of them.
   *
   * @param letters how many there are
   */
  private record Refused(String model, int letters) {}

  void sent(String model, byte[] value) {
    if (byContent.putIfAbsent(content(value), new Refused(model, 0)) != null) {
      throw new IllegalArgumentException("sent before: " + content(value));
    }
  }

  /** Null if the letter is right. */
  Kind check(ConsumerRecord<byte[], byte[]> letter) {
    Refused refused =
        letter.value() == null
            ? null
            : byContent.computeIfPresent(
                content(letter.value()),
                (content, before) -> new Refused(before.model(), before.letters() + 1));
    if (refused == null) {
      return Kind.UNKNOWN_SOURCE;
    }
    if (refused.letters() > 1) {
      return Kind.DUPLICATE;
    }
    boolean right =
        REASON.equals(Place.text(letter, "ee.reason"))
            && Arrays.equals(letter.key(), refused.model().getBytes(UTF_8));
    return right ? null : Kind.WRONG_LETTER;
  }

  /** How many have no letter. */
  long missing() {
    return byContent.values().stream().filter(refused -> refused.letters() == 0).count();
  }

  void addMissing(String topic, Report report) {
    byContent.forEach(
        (content, refused) -> {
          if (refused.letters() == 0) {
            report.add(
                new Anomaly(
                    Kind.LOST,
                    topic,
                    -1,
                    -1,
                    "no dead letter of the refused key config of "
                        + refused.model()
                        + ": "
                        + content));
          }
        });
  }

  private static String content(byte[] value) {
    return new String(value, ISO_8859_1);
  }
}
