package io.embeddingexport.kafka.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.consumer.Origin;
import io.embeddingexport.export.LetterOutcome;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.sink.HeaderNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A message of the dead-letter topic, read back: the inverse of how the sink writes it. Its headers
 * are the input's own, and behind them ours, which begin with the last {@link HeaderNames#REASON}.
 * So an input that brought headers of such names, as a copied dead letter does, keeps them.
 *
 * @param letter the message as it was read
 * @param reason a label; one that this release does not know is kept
 * @param detail empty if the letter has none
 * @param model null if it was not known
 * @param keyConfigVersion that was in force; 0 if none
 * @param input the message that was rejected: its headers, timestamp, topic, partition and offset
 * @param item that the letter is for, from 0; {@link LetterOutcome#WHOLE} if for the whole input
 */
public record DeadLetter(
    Envelope letter,
    String reason,
    String detail,
    @Nullable String model,
    long keyConfigVersion,
    Envelope input,
    int item) {

  /** What a topic may be called. Anybody who may write letters can put any text there. */
  private static final Pattern TOPIC_NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** Reads a message; null if it is not a dead letter of ours. */
  public static @Nullable DeadLetter of(Envelope letter) {
    Header[] headers = letter.headers();
    int first = lastReason(headers);
    if (first < 0) {
      return null;
    }
    Map<String, String> ours = new HashMap<>();
    for (Header header : Arrays.asList(headers).subList(first, headers.length)) {
      if (header.value() != null) {
        ours.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    String topic = ours.get(HeaderNames.TOPIC);
    long partition = number(ours.get(HeaderNames.PARTITION), Integer.MAX_VALUE);
    long offset = number(ours.get(HeaderNames.OFFSET), Long.MAX_VALUE);
    String itemText = ours.get(HeaderNames.ITEM);
    long item = itemText == null ? LetterOutcome.WHOLE : number(itemText, Integer.MAX_VALUE);
    String reason = ours.get(HeaderNames.REASON);
    if (topic == null
        || !TOPIC_NAME.matcher(topic).matches()
        || reason == null
        || partition < 0
        || offset < 0
        || (itemText != null && item < 0)) {
      return null;
    }
    return new DeadLetter(
        letter,
        reason,
        ours.getOrDefault(HeaderNames.DETAIL, ""),
        ours.get(HeaderNames.MODEL),
        Math.max(0, number(ours.get(HeaderNames.KEY_CONFIG_VERSION), Long.MAX_VALUE)),
        new Envelope(
            letter.key(),
            letter.value(),
            Arrays.copyOf(headers, first),
            number(ours.get(HeaderNames.TIMESTAMP), Long.MAX_VALUE),
            topic,
            (int) partition,
            offset),
        (int) item);
  }

  private static int lastReason(Header[] headers) {
    int last = headers.length - 1;
    while (last >= 0 && !headers[last].key().equals(HeaderNames.REASON)) {
      last--;
    }
    return last;
  }

  /** A decimal number from 0 to {@code max}; -1 if the text is none. */
  private static long number(@Nullable String text, long max) {
    if (text == null || !text.matches("[0-9]{1,19}")) {
      return -1;
    }
    try {
      long number = Long.parseLong(text);
      return number <= max ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether the input is an event: the message of a refused key config is not. */
  public boolean isEvent() {
    return !reason.equals(RejectReason.KEY_CONFIG_REFUSED.label());
  }

  /** The input's position, with the item: {@code topic:partition:offset#item}. */
  public String origin() {
    String position = Origin.input(input.topic(), input.partition(), input.offset());
    return item == LetterOutcome.WHOLE ? position : position + "#" + item;
  }
}
