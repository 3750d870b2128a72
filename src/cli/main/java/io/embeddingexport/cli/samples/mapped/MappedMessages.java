package io.embeddingexport.cli.samples.mapped;

import io.embeddingexport.cli.clients.CommandException;
import io.embeddingexport.cli.samples.SampleEvent;
import io.embeddingexport.cli.samples.SampleEvents;
import io.embeddingexport.cli.samples.SampleMessage;
import io.embeddingexport.cli.samples.SampleMessages;
import io.embeddingexport.cli.trial.ChosenInput;
import io.embeddingexport.cli.trial.MessageTrial;
import io.embeddingexport.cli.trial.Tried;
import io.embeddingexport.cli.trial.Tried.Refused;
import io.embeddingexport.event.input.EventInput.Preset;
import io.embeddingexport.event.input.InvalidInputException;
import io.embeddingexport.event.mapping.EventMapping;
import io.embeddingexport.event.mapping.ValueSource.Constant;
import io.embeddingexport.event.mapping.ValueSource.Part;
import io.embeddingexport.export.ExportLimits;
import io.embeddingexport.export.KeyConfigs;
import io.embeddingexport.flink.types.Envelope;
import io.embeddingexport.keys.KeyConfig;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Messages as a mapping describes them. Not thread-safe. */
public final class MappedMessages implements SampleMessages {
  private final EventMapping mapping;
  private final ValueEncoder encoder;

  private MappedMessages(EventMapping mapping, ValueEncoder encoder) {
    this.mapping = mapping;
    this.encoder = encoder;
  }

  /**
   * Messages of an input that has a mapping.
   *
   * @param topic they are for
   * @throws CommandException if the schema cannot be read, or no samples can be made
   */
  public static MappedMessages of(ChosenInput chosen, String topic) throws CommandException {
    if (chosen.input().preset() == Preset.KSERVE_V2) {
      throw new CommandException(
          "there are no samples of preset kserve-v2: a model server makes its responses");
    }
    return new MappedMessages(
        Objects.requireNonNull(chosen.input().mapping()),
        ValueEncoder.of(chosen.input(), chosen.files(), topic));
  }

  @Override
  public SampleMessage write(SampleEvent event, long eventTimeMillis) throws CommandException {
    MappedParts parts = MappedParts.of(mapping, event, eventTimeMillis);
    byte[] key = parts.key();
    byte[] value = parts.value();
    return new SampleMessage(
        key == null ? event.key() : key,
        value == null ? encoder.encode(parts.fields()) : value,
        parts.headers());
  }

  /**
   * The key configs whose events the mapping can describe: those of the model that it gives every
   * event.
   *
   * @throws CommandException if there is none
   */
  public List<KeyConfig> of(List<KeyConfig> configs, String topic) throws CommandException {
    String model = onlyModel(topic);
    if (model == null) {
      return configs;
    }
    List<KeyConfig> found =
        configs.stream().filter(config -> config.model().equals(model)).toList();
    if (found.isEmpty()) {
      throw new CommandException(
          "the mapping gives every event the model '"
              + model
              + "', and no key config is for it; name one with --keys");
    }
    return found;
  }

  private @Nullable String onlyModel(String topic) {
    if (mapping.model() instanceof Constant constant) {
      return constant.text();
    }
    return mapping.model() == Part.TOPIC ? topic : null;
  }

  /**
   * Makes an event of each key config and tries it as the job would.
   *
   * @throws CommandException with the sentence of the first that the job would reject
   */
  public void requireAccepted(
      ChosenInput chosen, String topic, SampleEvents events, ExportLimits limits)
      throws CommandException, InvalidInputException {
    MessageTrial trial =
        new MessageTrial(
            chosen.input(), chosen.files(), KeyConfigs.of(events.models()), limits, List.of());
    for (KeyConfig config : events.models()) {
      SampleEvents ofOne = new SampleEvents(events.seed(), List.of(config), events.entities());
      SampleMessage message = write(ofOne.get(0), System.currentTimeMillis());
      for (Tried tried : trial.run(envelope(message, topic))) {
        if (tried instanceof Refused refused) {
          throw new CommandException(
              "a job with this mapping would reject the samples of key config '%s' version %d: %s"
                  .formatted(config.model(), config.version(), refused.why().detail()));
        }
      }
    }
  }

  private static Envelope envelope(SampleMessage message, String topic) {
    Header[] headers =
        message.headers().entrySet().stream()
            .map(header -> new RecordHeader(header.getKey(), header.getValue()))
            .toArray(Header[]::new);
    return new Envelope(
        message.key(), message.value(), headers, System.currentTimeMillis(), topic, 0, 0);
  }
}
