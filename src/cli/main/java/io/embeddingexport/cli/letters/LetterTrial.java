package io.embeddingexport.cli.letters;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.trial.ConfigsInForce;
import io.embeddingexport.cli.trial.MessageTrial;
import io.embeddingexport.cli.trial.Tried;
import io.embeddingexport.event.input.EventInputs;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.LetterOutcome;
import io.embeddingexport.export.MissingVersionPolicy;
import io.embeddingexport.export.ModelFilter;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.job.options.JobSettings;
import io.embeddingexport.kafka.letters.DeadLetter;
import java.util.List;
import java.util.Set;

/**
 * Decides letters as a replay would, with the job's decoder, limits and key configs, and writes
 * nothing. An event that names a key-config version that is not published is not waited for. Not
 * thread-safe.
 */
public final class LetterTrial {
  private final MessageTrial messages;
  private final Exporter exporter;
  private final ModelFilter models;
  private final Set<String> forwardedHeaders;

  private LetterTrial(
      MessageTrial messages, Exporter exporter, ModelFilter models, Set<String> forwardedHeaders) {
    this.messages = messages;
    this.exporter = exporter;
    this.models = models;
    this.forwardedHeaders = forwardedHeaders;
  }

  /** A trial with the key configs in force now, which are read from the brokers. */
  public static LetterTrial of(JobSettings job, LetterTopic brokers)
      throws CommandException, InterruptedException {
    KeyConfigs configs =
        job.keyConfigTopic() == null
            ? KeyConfigs.of(job.keyConfigs())
            : ConfigsInForce.read(job.keyConfigs(), job.keyConfigTopic().topic(), brokers.client());
    ModelFilter models = ModelFilter.of(job.models());
    Set<String> headers = Set.copyOf(job.sink().forwardHeaders());
    try {
      Exporter exporter =
          new Exporter(
              EventInputs.newDecoder(job.inputs(), RegistryListener.NONE),
              configs,
              job.limits(),
              MissingVersionPolicy.REJECT,
              models);
      MessageTrial messages = MessageTrial.ofJob(job.inputs(), configs, job.limits(), headers);
      return new LetterTrial(messages, exporter, models, headers);
    } catch (InvalidInputException e) {
      throw new CommandException(e.getMessage());
    }
  }

  /** What a letter becomes; a rejection if it stays. */
  public Outcome decide(DeadLetter letter) {
    Envelope input = letter.input();
    if (!letter.isEvent() || (input.value() == null && !models.passes(input.model()))) {
      return Skipped.INSTANCE;
    }
    return LetterOutcome.of(
        exporter.export(input, input.carriedBytes(forwardedHeaders)), letter.item());
  }

  /**
   * What a letter's input is, as far as it can be decoded, and what it becomes; empty: no event.
   */
  public List<Tried> show(DeadLetter letter) {
    if (!letter.isEvent()) {
      return List.of();
    }
    List<Tried> items = messages.run(letter.input());
    return letter.item() < 0 || letter.item() >= items.size()
        ? items
        : List.of(items.get(letter.item()));
  }
}
