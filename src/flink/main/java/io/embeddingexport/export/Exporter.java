package io.embeddingexport.export;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.datarecord.RecordTemplate;
import io.embeddingexport.datarecord.Tensor;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.DecodedItems;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.EventTensors;
import io.embeddingexport.event.EventTensors.DecodedTensors;
import io.embeddingexport.event.EventTensors.PassThroughTensors;
import io.embeddingexport.event.ForeignBytes;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.export.Outcome.Exported;
import io.embeddingexport.export.Outcome.Items;
import io.embeddingexport.export.Outcome.Rejected;
import io.embeddingexport.export.Outcome.Skipped;
import io.embeddingexport.export.Outcome.Tombstone;
import io.embeddingexport.keys.KeyConfig;
import io.embeddingexport.keys.RetiredModel;
import io.embeddingexport.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides the outcome of each input: a record, a rejection, a tombstone or a skip. Never throws
 * because of an input's content. Not thread-safe: one per task.
 */
public final class Exporter {
  private final EventDecoder decoder;
  private final KeyConfigs keyConfigs;
  private final ExportLimits limits;
  private final MissingVersionPolicy missingVersion;
  private final ModelFilter models;

  private final TensorBinder binder = new TensorBinder();
  private final long[] discreteValues = new long[2];

  /** Rejects events for an unknown key-config version at once. */
  public Exporter(EventDecoder decoder, KeyConfigs keyConfigs, ExportLimits limits) {
    this(decoder, keyConfigs, limits, MissingVersionPolicy.REJECT);
  }

  /**
   * @param missingVersion called during an export when an event names a key-config version greater
   *     than the one in force
   */
  public Exporter(
      EventDecoder decoder,
      KeyConfigs keyConfigs,
      ExportLimits limits,
      MissingVersionPolicy missingVersion) {
    this(decoder, keyConfigs, limits, missingVersion, ModelFilter.ALL);
  }

  /**
   * @param missingVersion called during an export when an event names a key-config version greater
   *     than the one in force
   * @param models whose events are exported
   */
  public Exporter(
      EventDecoder decoder,
      KeyConfigs keyConfigs,
      ExportLimits limits,
      MissingVersionPolicy missingVersion,
      ModelFilter models) {
    this.decoder = decoder;
    this.keyConfigs = keyConfigs;
    this.limits = limits;
    this.missingVersion = missingVersion;
    this.models = models;
  }

  /** Decides a value without headers, and with an empty key or none. */
  public Outcome export(byte @Nullable [] value, boolean hasKey) {
    return export(value, hasKey, EventMessage.of(value), 0);
  }

  /**
   * Decides one input. A null value names no model: the caller filters it.
   *
   * @param message its value is null for a tombstone
   * @param carriedBytes bytes of key and headers kept in the record: a broker limits the whole
   *     message, and a refused message would fail the job again and again
   */
  public Outcome export(EventMessage message, int carriedBytes) {
    return export(message.value(), message.key() != null, message, carriedBytes);
  }

  private Outcome export(
      byte @Nullable [] value, boolean hasKey, EventMessage message, int carriedBytes) {
    if (value == null) {
      return tombstone(hasKey, null);
    }
    if (value.length > limits.maxEventBytes()) {
      return rejectUnread(
          RejectReason.EVENT_TOO_LARGE,
          "the event has "
              + value.length
              + " bytes, but the limit is "
              + limits.maxEventBytes()
              + "; send a smaller event, or raise the limit");
    }
    DecodeResult decoded = decoder.decode(message, keyConfigs);
    if (decoded instanceof Event event) {
      return models.passes(event.model()) ? export(event, message, carriedBytes) : Skipped.INSTANCE;
    }
    return exportOther(decoded, hasKey, message, carriedBytes);
  }

  private Outcome exportOther(
      DecodeResult decoded, boolean hasKey, EventMessage message, int carriedBytes) {
    if (decoded instanceof DecodeFailure failure) {
      return rejectUnread(RejectReason.UNDECODABLE, failure.detail() + hint(message.value()));
    }
    if (decoded instanceof Deletion deletion) {
      return models.passes(deletion.model()) ? deletion(hasKey, deletion) : Skipped.INSTANCE;
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (DecodeResult item : ((DecodedItems) decoded).items()) {
      outcomes.add(
          item instanceof Event event && models.passes(event.model())
              ? export(event, message, carriedBytes)
              : item instanceof Event
                  ? Skipped.INSTANCE
                  : exportOther(item, hasKey, message, carriedBytes));
    }
    return new Items(outcomes);
  }

  /** What undecodable bytes look like, if they look like something else. */
  private String hint(byte[] value) {
    String hint = decoder.isNative(value) ? null : ForeignBytes.hint(value);
    return hint == null ? "" : "; " + hint;
  }

  private Outcome tombstone(boolean hasKey, @Nullable String model) {
    if (!hasKey) {
      return reject(
          RejectReason.TOMBSTONE_WITHOUT_KEY,
          "a null value without a Kafka key deletes nothing; send it with the entity's key",
          model);
    }
    String topic = keyConfigs.outputTopic(model);
    return topic == null ? Tombstone.INSTANCE : new Tombstone(topic);
  }

  private Outcome deletion(boolean hasKey, Deletion deletion) {
    if (!hasKey && deletion.entityKey() == null) {
      return reject(
          RejectReason.TOMBSTONE_WITHOUT_KEY,
          "the event deletes, but it has neither a Kafka key nor an entity id; send one of them",
          deletion.model());
    }
    return new Tombstone(
        keyConfigs.outputTopic(deletion.model()), hasKey ? null : deletion.entityKey());
  }

  private Outcome rejectUnread(RejectReason reason, String detail) {
    return models.passes(null) ? reject(reason, detail, null) : Skipped.INSTANCE;
  }

  private Outcome export(Event event, EventMessage message, int carriedBytes) {
    CompiledKeyConfig config = find(event);
    long stated = event.keyConfigVersion();
    boolean awaited = stated > (config == null ? 0 : config.config().version());
    if (awaited) {
      missingVersion.await(event.model(), stated);
      config = keyConfigs.get(event.model());
    }
    if (config == null) {
      return rejectWithoutConfig(event);
    }
    Rejected rejected = checkVersion(event, config);
    if (rejected != null) {
      return rejected;
    }
    EventTensors tensors = event.tensors();
    if (awaited && tensors instanceof PassThroughTensors) {
      // They match the version before the one that has arrived.
      tensors = ((Event) decoder.decode(message, KnownModels.NONE)).tensors();
    }
    if (tensors instanceof MappedTensors mapped && !binder.bind(mapped, config)) {
      tensors = mapped.decoded();
    }
    if (tensors instanceof DecodedTensors given) {
      rejected = binder.place(given, config);
      if (rejected == null) {
        rejected = checkTensors(binder.tensors(), config);
      }
    }
    if (rejected == null) {
      rejected = setDiscreteValues(event, config);
    }
    if (rejected == null) {
      rejected = checkText(event, config);
    }
    if (rejected == null) {
      rejected = checkSize(event, tensors, config, carriedBytes);
    }
    return rejected == null ? write(event, tensors, config) : rejected;
  }

  /** The config the decoder found, or the one in force under the event's model; null if none. */
  private @Nullable CompiledKeyConfig find(Event event) {
    return event.known() instanceof CompiledKeyConfig config
        ? config
        : keyConfigs.get(event.model());
  }

  private Rejected rejectWithoutConfig(Event event) {
    String model = event.model();
    RetiredModel retired = keyConfigs.retired(model);
    if (retired != null) {
      return new Rejected(
          RejectReason.MODEL_RETIRED,
          "model "
              + SafeText.quoted(model)
              + " is retired; stop sending its events, or publish a key config of version "
              + (retired.version() + 1)
              + " or greater",
          model,
          retired.version());
    }
    if (event.keyConfigVersion() != Event.NO_VERSION) {
      return reject(
          RejectReason.KEY_CONFIG_VERSION_UNKNOWN,
          "the event is for version "
              + event.keyConfigVersion()
              + " of model "
              + SafeText.quoted(model)
              + ", which has no key config; publish that version, then send the event again",
          model);
    }
    return reject(
        RejectReason.NO_KEY_CONFIG,
        "no key config for model "
            + SafeText.quoted(model)
            + "; add one, or correct the event's model",
        model);
  }

  private static @Nullable Rejected checkVersion(Event event, CompiledKeyConfig config) {
    long stated = event.keyConfigVersion();
    long inForce = config.config().version();
    if (stated == Event.NO_VERSION || stated == inForce) {
      return null;
    }
    String found =
        "the event is for version " + stated + ", but " + config.title() + " is in force";
    return stated > inForce
        ? config.reject(
            RejectReason.KEY_CONFIG_VERSION_UNKNOWN,
            found + "; put the event's version in force, then send the event again")
        : config.reject(
            RejectReason.KEY_CONFIG_VERSION_SUPERSEDED,
            found + "; send the event that is made for that version");
  }

  private static @Nullable Rejected checkTensors(
      @Nullable Tensor[] tensors, CompiledKeyConfig config) {
    for (int i = 0; i < config.specs().length; i++) {
      Tensor tensor = tensors[i];
      Rejected rejected = tensor == null ? null : TensorValidator.check(tensor, i, config);
      if (rejected != null) {
        return rejected;
      }
    }
    return null;
  }

  private @Nullable Rejected setDiscreteValues(Event event, CompiledKeyConfig compiled) {
    KeyConfig config = compiled.config();
    int count = 0;
    if (config.entityIdKey() != null) {
      if (event.entityName() != null) {
        return compiled.reject(
            RejectReason.MISSING_ENTITY_ID,
            "the event's entity has no number, which "
                + compiled.title()
                + " writes; say in the mapping what its id becomes (from-string), or remove"
                + " entity-id-feature");
      }
      discreteValues[count++] = event.entityId();
    }
    if (config.eventTimeKey() != null) {
      if (!event.hasEventTime()) {
        return compiled.reject(
            RejectReason.MISSING_EVENT_TIME,
            "the event has no eventTimeMillis, which "
                + compiled.title()
                + " writes; send it, or remove event-time-feature");
      }
      discreteValues[count] = event.eventTimeMillis();
    }
    return null;
  }

  private static @Nullable Rejected checkText(Event event, CompiledKeyConfig compiled) {
    if (compiled.config().entityTextKey() == null) {
      return null;
    }
    byte[] text = event.entityText();
    if (text != null && Bytes.of(text, 0, text.length).utf8() != null) {
      return null;
    }
    return compiled.reject(
        RejectReason.MISSING_ENTITY_ID,
        "the event's entity id is "
            + (text == null ? "a number, no text" : "no text in UTF-8")
            + ", which "
            + compiled.title()
            + " writes; send a text, or remove entity-id-text-feature");
  }

  private @Nullable Rejected checkSize(
      Event event, EventTensors tensors, CompiledKeyConfig config, int carriedBytes) {
    long textBytes =
        config.config().entityTextKey() == null
            ? 0
            : RecordTemplate.stringBytes(Objects.requireNonNull(event.entityText()));
    long size = config.template().fixedSize();
    if (size >= 0 && size + textBytes + carriedBytes <= limits.maxRecordBytes()) {
      return null;
    }
    if (tensors instanceof DecodedTensors) {
      // It may be smaller: optional tensors can be missing.
      size = config.template().size(binder.tensors());
    }
    size += textBytes;
    return size + carriedBytes <= limits.maxRecordBytes()
        ? null
        : config.reject(
            RejectReason.RECORD_TOO_LARGE,
            "the record would have "
                + size
                + " bytes"
                + (carriedBytes == 0 ? "" : " and " + carriedBytes + " of key and headers")
                + ", but the limit is "
                + limits.maxRecordBytes()
                + "; send smaller tensors, or raise the limit");
  }

  private Outcome write(Event event, EventTensors tensors, CompiledKeyConfig config) {
    byte[] record = record(tensors, config);
    Long textKey = config.config().entityTextKey();
    return new Exported(
        textKey == null
            ? record
            : config
                .template()
                .withString(record, textKey, Objects.requireNonNull(event.entityText())),
        event.entityId(),
        event.entityName(),
        config.id(),
        config.config().outputTopic());
  }

  private byte[] record(EventTensors tensors, CompiledKeyConfig config) {
    if (tensors instanceof PassThroughTensors passThrough) {
      return passThrough.layout().write(discreteValues, passThrough.event(), passThrough.from());
    }
    return tensors instanceof MappedTensors mapped
        ? binder.write(mapped, discreteValues, config)
        : config.template().write(discreteValues, binder.tensors());
  }

  private static Rejected reject(RejectReason reason, String detail, @Nullable String model) {
    return new Rejected(reason, detail, model, 0);
  }
}
