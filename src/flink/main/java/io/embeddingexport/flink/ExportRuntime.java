package io.embeddingexport.flink;

import io.embeddingexport.event.EventMessage;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.LetterOutcome;
import io.embeddingexport.export.ModelFilter;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The export in one operator instance: applies key configs as they arrive, decides, counts, and
 * measures some events. For the task's thread only.
 */
final class ExportRuntime implements AutoCloseable {
  private final Exporter exporter;
  private final KeyConfigs keyConfigs;
  private final @Nullable KeyConfigFollower live;
  private final ModelFilter models;
  private final Set<String> forwardedHeaders;
  private final ExportMetrics metrics;
  private final Sampler sampler;

  /**
   * @param live null if the key configs never change after the start
   * @param forwardedHeaders names of the headers that records keep
   */
  ExportRuntime(
      Exporter exporter,
      KeyConfigs keyConfigs,
      @Nullable KeyConfigFollower live,
      ModelFilter models,
      Set<String> forwardedHeaders,
      ExportMetrics metrics,
      Sampler sampler) {
    this.exporter = exporter;
    this.keyConfigs = keyConfigs;
    this.live = live;
    this.models = models;
    this.forwardedHeaders = forwardedHeaders;
    this.metrics = metrics;
    this.sampler = sampler;
  }

  /** Reads the existing key configs; no event may be decided before. */
  void open() throws Exception {
    if (live != null) {
      live.open();
    }
  }

  /** Applies the key configs that have arrived. */
  void updateKeyConfigs() throws Exception {
    if (live != null) {
      live.applyPending();
    }
  }

  /** Takes a key config that did not come from the followed source. */
  void receive(ReceivedKeyConfig received) throws Exception {
    if (live != null) {
      live.apply(received);
    }
  }

  @Override
  public void close() throws Exception {
    if (live != null) {
      live.close();
    }
  }

  /**
   * Decides an input with all its metadata. A tombstone goes to the topic of its model's records; a
   * header names the model.
   */
  Decision decide(Envelope input) {
    Outcome outcome = outcome(input);
    metrics.count(outcome);
    return new Decision(input, outcome);
  }

  /**
   * Decides the input of a dead letter, and counts only what is the letter's.
   *
   * @param item that the letter is for; {@link Decision#WHOLE} if it is for the whole input
   */
  Decision decideAgain(Envelope input, int item) {
    Outcome outcome = LetterOutcome.of(outcome(input), item);
    metrics.count(outcome);
    return new Decision(input, outcome, item);
  }

  /** Counts an input that is not decided. */
  void skip() {
    metrics.count(Skipped.INSTANCE);
  }

  private Outcome outcome(Envelope input) {
    if (input.value() == null && !models.passes(input.model())) {
      return Skipped.INSTANCE;
    }
    Outcome outcome = uncounted(input, input.carriedBytes(forwardedHeaders));
    if (outcome == Tombstone.INSTANCE) {
      String topic = keyConfigs.outputTopic(input.model());
      return topic == null ? outcome : new Tombstone(topic);
    }
    return outcome;
  }

  /** Same as {@link Exporter#export(EventMessage, int)}. */
  Outcome export(EventMessage input, int carriedBytes) {
    Outcome outcome = uncounted(input, carriedBytes);
    metrics.count(outcome);
    return outcome;
  }

  private Outcome uncounted(EventMessage input, int carriedBytes) {
    return sampler.picksNext()
        ? measured(input, carriedBytes)
        : exporter.export(input, carriedBytes);
  }

  private Outcome measured(EventMessage input, int carriedBytes) {
    long start = System.nanoTime();
    Outcome outcome = exporter.export(input, carriedBytes);
    metrics.took(System.nanoTime() - start);
    if (outcome instanceof Exported exported
        && keyConfigs.entry(exported.model()) instanceof KeyConfig config) {
      metrics.health().measure(exported.record(), config);
    }
    return outcome;
  }
}
