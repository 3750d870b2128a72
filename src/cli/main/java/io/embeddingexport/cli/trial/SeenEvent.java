package io.embeddingexport.cli.trial;

import io.embeddingexport.datarecord.Bytes;
import io.embeddingexport.event.Event;
import io.embeddingexport.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event that was decoded, without its elements. Immutable.
 *
 * @param entityName the entity's text or bytes, if it has no number; null if it has
 * @param eventTimeMillis null if it has none
 * @param keyConfigVersion {@link Event#NO_VERSION} if it names none
 * @param byPosition whether its tensors have no names of their own
 */
public record SeenEvent(
    long entityId,
    @Nullable Bytes entityName,
    @Nullable Long eventTimeMillis,
    String model,
    long keyConfigVersion,
    boolean byPosition,
    List<SeenTensor> tensors) {

  public SeenEvent {
    tensors = List.copyOf(tensors);
  }

  /** What is known of an event; nothing of it is kept. */
  public static SeenEvent of(Event event) {
    List<SeenTensor> tensors = new ArrayList<>();
    for (NamedTensor tensor : NamedTensor.of(event)) {
      tensors.add(SeenTensor.of(tensor.name(), tensor.tensor()));
    }
    return new SeenEvent(
        event.entityId(),
        event.entityName() == null ? null : Bytes.of(event.entityName().clone()),
        event.hasEventTime() ? event.eventTimeMillis() : null,
        event.model(),
        event.keyConfigVersion(),
        NamedTensor.areByPosition(event),
        tensors);
  }

  /** Entity, model, time and tensors. */
  @Override
  public String toString() {
    return "entity "
        + (entityName == null ? entityId : name(entityName))
        + ", model "
        + SafeText.of(model)
        + (eventTimeMillis == null ? ", no time" : ", time " + time(eventTimeMillis))
        + (tensors.isEmpty()
            ? ", no tensors"
            : ", tensors "
                + tensors.stream().map(SeenTensor::toString).collect(Collectors.joining(", ")));
  }

  private static String name(Bytes bytes) {
    String text = bytes.utf8();
    return text == null ? "of " + bytes.length() + " bytes" : SafeText.quoted(text);
  }

  /** Longs reach further than the years that a text has. */
  private static String time(long millis) {
    return Math.abs(millis) > 253_402_300_799_999L
        ? millis + " ms since the epoch"
        : Instant.ofEpochMilli(millis).toString();
  }
}
