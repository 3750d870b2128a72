package io.embeddingexport.cli.trial;

import io.embeddingexport.cli.trial.Tried.Decoded;
import io.embeddingexport.cli.trial.Tried.Deleted;
import io.embeddingexport.cli.trial.Tried.Refused;
import io.embeddingexport.cli.trial.Tried.SeenRecord;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.input.EventInput;
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
import io.embeddingexport.export.RejectReason;
import io.embeddingexport.flink.types.Envelope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tries messages as the job would, with its decoder and its decision. Not thread-safe. */
public final class MessageTrial {
  private final EventDecoder decoder;
  private final Exporter exporter;
  private final boolean hasKeyConfigs;
  private final Set<String> forwardedHeaders;

  /**
   * @param files contents of the files that the input names, by those names
   * @param keyConfigs null: messages are only decoded
   * @param forwardedHeaders names of the headers that records keep
   * @throws InvalidInputException if the input does not fit its schema
   */
  public MessageTrial(
      EventInput input,
      Map<String, byte[]> files,
      @Nullable KeyConfigs keyConfigs,
      ExportLimits limits,
      Collection<String> forwardedHeaders)
      throws InvalidInputException {
    this(
        input.newDecoder(files, RegistryListener.NONE),
        new Exporter(
            input.newDecoder(files, RegistryListener.NONE),
            keyConfigs == null ? new KeyConfigs() : keyConfigs,
            limits),
        keyConfigs != null,
        forwardedHeaders);
  }

  /**
   * Tries messages of any of a job's inputs.
   *
   * @param keyConfigs in force; a model without one is rejected
   * @param forwardedHeaders names of the headers that records keep
   * @throws InvalidInputException if an input does not fit its schema
   */
  public static MessageTrial ofJob(
      List<InputText> inputs,
      KeyConfigs keyConfigs,
      ExportLimits limits,
      Collection<String> forwardedHeaders)
      throws InvalidInputException {
    return new MessageTrial(
        EventInputs.newDecoder(inputs, RegistryListener.NONE),
        new Exporter(EventInputs.newDecoder(inputs, RegistryListener.NONE), keyConfigs, limits),
        true,
        forwardedHeaders);
  }

  private MessageTrial(
      EventDecoder decoder,
      Exporter exporter,
      boolean hasKeyConfigs,
      Collection<String> forwardedHeaders) {
    this.decoder = decoder;
    this.exporter = exporter;
    this.hasKeyConfigs = hasKeyConfigs;
    this.forwardedHeaders = Set.copyOf(forwardedHeaders);
  }

  /** What a message becomes: one result, or one for each of its items. */
  public List<Tried> run(Envelope message) {
    List<@Nullable SeenEvent> events = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    List<@Nullable String> deleted = new ArrayList<>();
    if (message.value() == null) {
      events.add(null);
      deleted.add(null);
    } else {
      see(decoder.decode(message, KnownModels.NONE), events, deleted);
    }
    Outcome outcome = exporter.export(message, message.carriedBytes(forwardedHeaders));
    if (outcome instanceof Items items) {
      outcomes.addAll(items.outcomes());
    } else {
      outcomes.add(outcome);
    }
    List<Tried> tried = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      // An event that is too large is not decoded by the job.
      boolean both = events.size() == outcomes.size();
      tried.add(tried(both ? events.get(i) : null, both ? deleted.get(i) : null, outcomes.get(i)));
    }
    return tried;
  }

  private static void see(
      DecodeResult result, List<@Nullable SeenEvent> events, List<@Nullable String> deleted) {
    if (result instanceof DecodedItems items) {
      items.items().forEach(item -> see(item, events, deleted));
      return;
    }
    events.add(result instanceof Event event ? SeenEvent.of(event) : null);
    deleted.add(result instanceof Deletion deletion ? deletion.model() : null);
  }

  private Tried tried(@Nullable SeenEvent event, @Nullable String deleted, Outcome outcome) {
    if (outcome instanceof Rejected rejected) {
      boolean onlyLacksConfigs =
          !hasKeyConfigs
              && event != null
              && (rejected.reason() == RejectReason.NO_KEY_CONFIG
                  || rejected.reason() == RejectReason.KEY_CONFIG_VERSION_UNKNOWN);
      return onlyLacksConfigs ? new Decoded(event, null) : new Refused(event, rejected);
    }
    if (outcome instanceof Exported exported && event != null) {
      return new Decoded(
          event,
          new SeenRecord(exported.model(), exported.keyConfigVersion(), exported.record().length));
    }
    return new Deleted(deleted);
  }
}
