package io.embeddingexport.kafka.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant. A letter passes if it passes every part that is given.
 *
 * @param reasons labels, sorted; empty: all
 * @param models sorted; empty: all, also letters without a model
 * @param fromMillis earliest timestamp of the letter, which is its input's, ms since the epoch;
 *     null: any
 * @param toMillis first timestamp that is too late; null: none
 * @param topic of the input; null: any
 * @param partition of the input; null: any
 * @param offset of the input; null: any
 */
public record LetterFilter(
    List<String> reasons,
    List<String> models,
    @Nullable Long fromMillis,
    @Nullable Long toMillis,
    @Nullable String topic,
    @Nullable Integer partition,
    @Nullable Long offset)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Every letter passes. */
  public static final LetterFilter ALL =
      new LetterFilter(List.of(), List.of(), null, null, null, null, null);

  private static final int FINGERPRINT_BYTES = 4;

  public LetterFilter {
    reasons = reasons.stream().distinct().sorted().toList();
    models = models.stream().distinct().sorted().toList();
  }

  public boolean passes(DeadLetter letter) {
    long time = letter.letter().timestampMillis();
    return (reasons.isEmpty() || reasons.contains(letter.reason()))
        && (models.isEmpty() || (letter.model() != null && models.contains(letter.model())))
        && (fromMillis == null || time >= fromMillis)
        && (toMillis == null || time < toMillis)
        && (topic == null || topic.equals(letter.input().topic()))
        && (partition == null || partition == letter.input().partition())
        && (offset == null || offset == letter.input().offset());
  }

  /** Eight hex digits that differ for another filter; {@code all} for {@link #ALL}. */
  public String fingerprint() {
    if (equals(ALL)) {
      return "all";
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Lengths come first, so that no two filters have the same text. */
  private String canonical() {
    List<String> parts = new ArrayList<>(List.of("" + reasons.size(), "" + models.size()));
    parts.addAll(reasons);
    parts.addAll(models);
    for (Object part : new Object[] {fromMillis, toMillis, topic, partition, offset}) {
      parts.add(part == null ? "-" : "=" + part);
    }
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(part.length()).append(':').append(part));
    return text.toString();
  }

  /** The options that give this filter; {@code all letters} for {@link #ALL}. */
  @Override
  public String toString() {
    List<String> options = new ArrayList<>();
    reasons.forEach(reason -> options.add("--reason " + reason));
    models.forEach(model -> options.add("--model " + model));
    add("--from", fromMillis == null ? null : Instant.ofEpochMilli(fromMillis), options);
    add("--to", toMillis == null ? null : Instant.ofEpochMilli(toMillis), options);
    add("--topic", topic, options);
    add("--partition", partition, options);
    add("--offset", offset, options);
    return options.isEmpty() ? "all letters" : String.join(" ", options);
  }

  private static void add(String name, @Nullable Object value, List<String> options) {
    if (value != null) {
      options.add(name + " " + value);
    }
  }
}
