package io.embeddingexport.cli.keys;

import io.embeddingexport.event.input.EventInputs;
import io.embeddingexport.event.input.InputText;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.registry.RegistryListener;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.Exporter;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.export.Outcome;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.flink.types.Decision;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.kafka.Envelopes;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.KeyConfigUpdate.Publish;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides events twice, as the jobs do: under the live key configs, and with new key configs over
 * them.
 */
final class DryRun {
  private final Set<String> forwardedHeaders;
  private final Exporter live;
  private final Exporter next;
  private final Map<String, DryRunTally> tallies = new LinkedHashMap<>();
  private final DryRunTally withoutModel = new DryRunTally(null);
  private long inputs;
  private long others;

  /**
   * @param comparisons the new key configs
   * @param forwardedHeaders names of the headers that records keep
   */
  DryRun(
      List<Comparison> comparisons,
      List<InputText> inputs,
      ExportLimits limits,
      Collection<String> forwardedHeaders)
      throws InvalidInputException {
    this.forwardedHeaders = Set.copyOf(forwardedHeaders);
    KeyConfigs liveConfigs = new KeyConfigs();
    KeyConfigs nextConfigs = new KeyConfigs();
    for (Comparison comparison : comparisons) {
      if (comparison.live() != null) {
        liveConfigs.set(comparison.live());
        nextConfigs.set(comparison.live());
      }
      nextConfigs.apply(new Publish(comparison.config()));
      tallies.put(comparison.config().model(), new DryRunTally(comparison));
    }
    this.live =
        new Exporter(EventInputs.newDecoder(inputs, RegistryListener.NONE), liveConfigs, limits);
    this.next =
        new Exporter(EventInputs.newDecoder(inputs, RegistryListener.NONE), nextConfigs, limits);
  }

  /**
   * Decides one input.
   *
   * @param exported receives the decisions that make records under the new key configs
   */
  void add(ConsumerRecord<byte[], byte[]> message, Consumer<Decision> exported) {
    inputs++;
    Envelope input = Envelopes.of(message);
    List<Decision> now = decisions(live, input);
    List<Decision> then = decisions(next, input);
    for (int i = 0; i < then.size(); i++) {
      add(now.get(Math.min(i, now.size() - 1)).outcome(), then.get(i), message, exported);
    }
  }

  private void add(
      Outcome now,
      Decision then,
      ConsumerRecord<byte[], byte[]> message,
      Consumer<Decision> exported) {
    if (then.outcome() instanceof Tombstone) {
      others++;
      return;
    }
    String model = model(then.outcome());
    DryRunTally tally = model == null ? withoutModel : tallies.get(model);
    if (tally == null) {
      others++;
      return;
    }
    tally.add(now, then.outcome(), MessagePosition.of(message));
    if (then.outcome() instanceof Exported) {
      exported.accept(then);
    }
  }

  /** The decision on an input, or those on its items. */
  private List<Decision> decisions(Exporter exporter, Envelope input) {
    Decision decision = new Decision(input, export(exporter, input));
    return decision.outcome() instanceof Items items ? decision.ofItems(items) : List.of(decision);
  }

  private Outcome export(Exporter exporter, Envelope input) {
    return exporter.export(input, input.carriedBytes(forwardedHeaders));
  }

  private static @Nullable String model(Outcome outcome) {
    return outcome instanceof Exported exported
        ? exported.model()
        : outcome instanceof Rejected rejected ? rejected.model() : null;
  }

  /** Number of inputs. */
  long inputs() {
    return inputs;
  }

  /** Number of events for models without a new key config, and of tombstones. */
  long others() {
    return others;
  }

  /** One tally for each new key config. */
  List<DryRunTally> tallies() {
    return List.copyOf(tallies.values());
  }

  /** Whether every event that is exported now would also be exported then. */
  boolean isHarmless() {
    return tallies.values().stream().allMatch(tally -> tally.newlyRejected() == 0);
  }

  /** The new key configs that no event was tried under, though their models are live. */
  List<KeyConfig> untried() {
    return tallies.values().stream()
        .filter(tally -> tally.events() == 0)
        .map(tally -> Objects.requireNonNull(tally.comparison()))
        .filter(comparison -> comparison.live() instanceof KeyConfig)
        .map(Comparison::config)
        .toList();
  }

  /** Inputs with an unknown model, which no key config changes. */
  DryRunTally withoutModel() {
    return withoutModel;
  }
}
