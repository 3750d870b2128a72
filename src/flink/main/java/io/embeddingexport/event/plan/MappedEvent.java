package io.embeddingexport.event.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.Deletion;
import io.embeddingexport.event.Event;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.EventTensors;
import io.embeddingexport.event.KnownModels;
import io.embeddingexport.event.KnownModels.KnownModel;
import io.embeddingexport.event.MappedTensors;
import io.embeddingexport.event.NameCache;
import io.embeddingexport.event.mapping.EventTimeUnit;
import io.embeddingexport.event.mapping.TensorSource;
import io.embeddingexport.event.mapping.ValueSource;
import io.embeddingexport.event.mapping.ValueSource.AtPath;
import io.embeddingexport.event.mapping.ValueSource.Constant;
import io.embeddingexport.event.mapping.ValueSource.FromHeader;
import io.embeddingexport.event.mapping.ValueSource.Part;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one event, as a format's {@link EventWalk} finds them. A value given again replaces
 * the one before; elements of a tensor are added. Reused; not thread-safe.
 *
 * <p>A walk calls {@link #whole}, {@link #real} or {@link #text} for the targets up to {@link
 * EventPlan#DELETION}, {@link #tensor} for a tensor of its own, and {@link #next} for each tensor
 * in the field of all.
 */
public final class MappedEvent {
  private static final String NO_NAME = "";

  /** More than a key config can have. */
  private static final int MAX_ALL = 1 << 16;

  private static final TensorSource AS_SENT = new TensorSource(NO_NAME, Part.VALUE);
  private static final Conversion UNCHANGED = new Conversion(AS_SENT);

  /** An event of more tensors does not leave them all behind. */
  private static final int KEPT_TENSORS = 1_024;

  private final EventPlan plan;
  private final EventTimeUnit timeUnit;
  private final EntityId entityId;
  private final TensorValue[] listed;

  /** The tensors of a field that holds all; the first {@code allCount} are of this event. */
  private final List<TensorValue> all = new ArrayList<>();

  private final List<@Nullable String> allNames = new ArrayList<>();
  private final MappedTensors tensors = new MappedTensors();
  private final NameCache names = new NameCache();

  private KnownModels models = KnownModels.NONE;

  // Mostly those of the event before, so they are kept: under G1, a store into an old object may
  // cost a memory barrier.
  private @Nullable KnownModel known;
  private @Nullable String model;
  private boolean hasModel;

  private long eventTimeMillis;
  private long version;
  private boolean deletes;
  private boolean hasAll;
  private boolean allByPosition;
  private int allCount;

  MappedEvent(EventPlan plan) {
    this.plan = plan;
    EventTimeUnit unit = plan.mapping().eventTimeUnit();
    this.timeUnit = unit == null ? EventTimeUnit.MILLIS : unit;
    this.entityId = new EntityId(plan.mapping().entityIdForm(), plan.name(EventPlan.ENTITY_ID));
    this.listed = plan.tensors().stream().map(TensorValue::new).toArray(TensorValue[]::new);
  }

  /** Forgets the event before. */
  public void begin(KnownModels knownModels) {
    if (models != knownModels) {
      models = knownModels;
    }
    hasModel = false;
    eventTimeMillis = Event.NO_EVENT_TIME;
    version = Event.NO_VERSION;
    deletes = false;
    entityId.clear();
    for (TensorValue tensor : listed) {
      tensor.clear();
    }
    forgetAll();
    tensors.clear();
  }

  /** Forgets the field of all tensors: it is absent. */
  public void forgetAll() {
    if (!hasAll) {
      return;
    }
    hasAll = false;
    for (int i = 0; i < allCount; i++) {
      all.get(i).clear();
    }
    allCount = 0;
    allNames.clear();
    if (all.size() > KEPT_TENSORS) {
      all.subList(KEPT_TENSORS, all.size()).clear();
    }
  }

  /** The tensor of a target. */
  public TensorValue tensor(int target) {
    return listed[target - EventPlan.FIRST_TENSOR];
  }

  /**
   * States that the event has the field of all tensors, even if none follows.
   *
   * @param isList whether it holds them by position
   */
  public void beginAll(boolean isList) {
    hasAll = true;
    allByPosition = isList;
  }

  /**
   * The next tensor in the field of all.
   *
   * @param name null if the field is a list
   * @throws BadEventException if it is one too many: a tensor costs more memory than its bytes
   */
  public TensorValue next(@Nullable String name) throws BadEventException {
    if (allCount == all.size()) {
      if (allCount == MAX_ALL) {
        throw new BadEventException(
            plan.name(EventPlan.ALL_TENSORS)
                + " has more than "
                + MAX_ALL
                + " tensors; send fewer");
      }
      all.add(new TensorValue(AS_SENT, UNCHANGED));
    }
    allNames.add(name);
    return all.get(allCount++);
  }

  /** The text of a name; null if the bytes are not UTF-8. */
  public @Nullable String name(byte[] bytes, int from, int to) {
    return names.text(bytes, from, to);
  }

  /** Sets a target to a whole number. */
  public void whole(int target, long value) throws BadEventException {
    switch (target) {
      case EventPlan.ENTITY_ID -> entityId.set(value);
      case EventPlan.EVENT_TIME -> time(value, timeUnit);
      case EventPlan.KEY_CONFIG_VERSION -> {
        if (value < Event.NO_VERSION) {
          throw new BadEventException(Event.negativeVersion(value));
        }
        version = value;
      }
      case EventPlan.DELETION -> mark(Long.toString(value));
      default -> throw wrongType(target, "a number");
    }
  }

  private void mark(String text) {
    deletes(text.equals(Objects.requireNonNull(plan.mapping().deletion()).value()));
  }

  /** States whether the event has the mark of a deletion. */
  public void deletes(boolean marked) {
    deletes = marked;
  }

  /** Sets the event time to a whole number of a unit that the event's schema states. */
  public void time(long value, EventTimeUnit unit) throws BadEventException {
    try {
      eventTimeMillis = unit.toMillis(value);
    } catch (ArithmeticException e) {
      throw new BadEventException(
          plan.name(EventPlan.EVENT_TIME) + " is beyond 64-bit milliseconds");
    }
  }

  /** Sets a target to a floating-point number. */
  public void real(int target, double value) throws BadEventException {
    if (target != EventPlan.EVENT_TIME || !Double.isFinite(value)) {
      throw wrongType(target, "no whole number");
    }
    eventTimeMillis = timeUnit.toMillis(value);
  }

  /** Sets a target to a text, or bytes. */
  public void text(int target, byte[] bytes, int from, int to) throws BadEventException {
    switch (target) {
      case EventPlan.ENTITY_ID -> entityId.set(bytes, from, to);
      case EventPlan.MODEL -> {
        KnownModel found = models.find(bytes, from, to);
        model(found == null ? utf8(target, bytes, from, to) : found.name(), found);
      }
      default -> text(target, utf8(target, bytes, from, to));
    }
  }

  /** Sets a target to a text. */
  public void text(int target, String text) throws BadEventException {
    switch (target) {
      case EventPlan.ENTITY_ID -> {
        byte[] utf8 = text.getBytes(UTF_8);
        entityId.set(utf8, 0, utf8.length);
      }
      case EventPlan.MODEL -> model(text, null);
      case EventPlan.EVENT_TIME -> time(text);
      case EventPlan.DELETION -> mark(text);
      default -> whole(target, number(target, text));
    }
  }

  private void model(String name, @Nullable KnownModel found) {
    hasModel = true;
    if (model != name) {
      model = name;
    }
    if (known != found) {
      known = found;
    }
  }

  private void time(String text) throws BadEventException {
    try {
      eventTimeMillis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      whole(EventPlan.EVENT_TIME, number(EventPlan.EVENT_TIME, text));
    }
  }

  private long number(int target, String text) throws BadEventException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      if (target == EventPlan.EVENT_TIME) {
        throw new BadEventException(
            plan.name(target)
                + " is neither a number nor a time with its zone, such as 2026-01-31T12:00:00Z");
      }
      throw wrongType(target, "a text that is not a number");
    }
  }

  private String utf8(int target, byte[] bytes, int from, int to) throws BadEventException {
    String text = names.text(bytes, from, to);
    if (text == null) {
      throw new BadEventException(plan.name(target) + " is not UTF-8; send a text");
    }
    return text;
  }

  private BadEventException wrongType(int target, String found) {
    String part =
        switch (target) {
          case EventPlan.ENTITY_ID -> "the entity id";
          case EventPlan.MODEL -> "the model, a text";
          case EventPlan.EVENT_TIME -> "the event time";
          case EventPlan.DELETION -> "the mark of a deletion";
          default -> "the key-config version";
        };
    return new BadEventException(
        plan.name(target) + " is " + found + ", but the mapping takes it as " + part);
  }

  /**
   * The event.
   *
   * @throws BadEventException if a part is missing
   */
  public DecodeResult finish(EventMessage message) throws BadEventException {
    for (int target : plan.outside()) {
      take(target, Objects.requireNonNull(plan.source(target)), message);
    }
    if (!entityId.isPresent() && !deletes) {
      throw missing(EventPlan.ENTITY_ID);
    }
    if (!hasModel) {
      throw missing(EventPlan.MODEL);
    }
    if (deletes) {
      return new Deletion(model, entityId.isPresent() ? entityId.key() : null);
    }
    return new Event(
        entityId.number(),
        entityId.name(),
        entityId.text(),
        eventTimeMillis,
        model,
        known,
        version,
        plan.source(EventPlan.ALL_TENSORS) == null ? listedTensors() : allTensors());
  }

  private void take(int target, ValueSource source, EventMessage message) throws BadEventException {
    if (source instanceof Constant || source == Part.TOPIC) {
      text(target, source instanceof Constant constant ? constant.text() : message.topic());
      return;
    }
    byte[] bytes =
        source instanceof FromHeader header
            ? message.header(header.name())
            : source == Part.KEY ? message.key() : message.value();
    if (bytes == null) {
      return;
    }
    if (EventPlan.isTensor(target)) {
      try {
        tensor(target).bytes(bytes, 0, bytes.length);
      } catch (BadEventException e) {
        throw new BadEventException(plan.name(target) + " " + e.getMessage());
      }
    } else {
      text(target, bytes, 0, bytes.length);
    }
  }

  private BadEventException missing(int target) {
    ValueSource source = plan.source(target);
    String part = target == EventPlan.ENTITY_ID ? "entity id" : "model";
    return new BadEventException(
        source instanceof AtPath
            ? "the event has no " + plan.name(target) + "; send it"
            : "the message has no "
                + (source == Part.KEY ? "key" : source.toString())
                + ", which gives the "
                + part
                + "; send it");
  }

  private EventTensors listedTensors() throws BadEventException {
    for (TensorValue tensor : listed) {
      add(tensor, tensor.source().name(), tensor.source().source());
    }
    return tensors;
  }

  private EventTensors allTensors() throws BadEventException {
    if (!hasAll) {
      throw missing(EventPlan.ALL_TENSORS);
    }
    for (int i = 0; i < allCount; i++) {
      String name = allNames.get(i);
      add(all.get(i), name == null ? NO_NAME : name, Part.VALUE);
    }
    return allByPosition ? tensors.decodedByPosition() : tensors;
  }

  private void add(TensorValue tensor, String name, ValueSource source) throws BadEventException {
    try {
      tensor.addTo(tensors, name);
    } catch (BadEventException e) {
      throw new BadEventException(source + " " + e.getMessage());
    }
  }
}
