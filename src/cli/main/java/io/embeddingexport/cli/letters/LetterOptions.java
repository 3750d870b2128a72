package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.clients.ArgumentCheck;
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.kafka.ReadPosition;
import io.embeddingexport.kafka.letters.LetterFilter;
import io.embeddingexport.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose dead letters. A letter is chosen if every option given fits. */
public final class LetterOptions {
  private static final List<String> REASONS =
      Stream.of(RejectReason.values()).map(RejectReason::label).toList();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only letters with this reason (docs/metrics.md lists them). Repeatable.")
  private List<String> reasons = new ArrayList<>();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "NAME",
      description = "Only letters of this model. Repeatable.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Only letters with this timestamp or a later one, which is their input's:"
              + " 2026-01-31T12:00:00Z, or ms since the epoch.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Only letters with an earlier timestamp.")
  private @Nullable String to;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "Only letters whose input was on this topic.")
  private @Nullable String topic;

  @Option(
      names = "--partition",
      paramLabel = "N",
      description = "Only letters whose input was in this partition.")
  private @Nullable Integer partition;

  @Option(
      names = "--offset",
      paramLabel = "N",
      description = "Only letters whose input had this offset.")
  private @Nullable Long offset;

  /**
   * The filter.
   *
   * @throws ParameterException if a reason or a time is none
   */
  public LetterFilter filter() {
    for (String reason : reasons) {
      ArgumentCheck.require(
          spec,
          REASONS.contains(reason),
          "--reason " + reason + ": is no reason" + Suggestion.of(reason, REASONS));
    }
    return new LetterFilter(
        reasons, models, millis("--from", from), millis("--to", to), topic, partition, offset);
  }

  private @Nullable Long millis(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      ReadPosition time = ReadPosition.from("timestamp:" + text, List.of());
      return ((ReadPosition.Timestamp) time).millis();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), option + " " + text + ": " + e.getMessage(), e);
    }
  }
}
