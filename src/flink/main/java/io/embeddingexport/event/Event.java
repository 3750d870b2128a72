package io.embeddingexport.event;

import io.embeddingexport.event.KnownModels.KnownModel;
import org.jspecify.annotations.Nullable;

/**
 * One decoded event. Its tensors may be views of the bytes it was decoded from.
 *
 * @param entityId the entity the embeddings describe; 0 if {@code entityName} is not null
 * @param entityName the entity's name, if it has no number; null if it has
 * @param entityText the text or bytes that the entity id was made of; null if it was sent as a
 *     number
 * @param eventTimeMillis time they were computed, ms since the epoch; {@link #NO_EVENT_TIME} if not
 *     given
 * @param model selects the key config
 * @param known the model as {@link KnownModels} had it when the event was decoded; null if it was
 *     unknown or not looked up
 * @param keyConfigVersion the version the tensors were made for; {@link #NO_VERSION} if not given
 */
@SuppressWarnings("ArrayRecordComponent") // the hot path; never compared
public record Event(
    long entityId,
    byte @Nullable [] entityName,
    byte @Nullable [] entityText,
    long eventTimeMillis,
    String model,
    @Nullable KnownModel known,
    long keyConfigVersion,
    EventTensors tensors)
    implements DecodeResult {

  public static final long NO_EVENT_TIME = Long.MIN_VALUE;
  public static final long NO_VERSION = 0;

  /** An event of an entity with a number. */
  public Event(
      long entityId,
      long eventTimeMillis,
      String model,
      @Nullable KnownModel known,
      long keyConfigVersion,
      EventTensors tensors) {
    this(entityId, null, null, eventTimeMillis, model, known, keyConfigVersion, tensors);
  }

  public boolean hasEventTime() {
    return eventTimeMillis != NO_EVENT_TIME;
  }

  /** The problem of a version below 0. */
  public static String negativeVersion(long version) {
    return "keyConfigVersion is " + version + "; send 1 or more, or leave it out";
  }

  /** Entity, model and tensor types; never the elements. */
  @Override
  public String toString() {
    return "event of entity "
        + (entityName == null ? entityId : "without a number")
        + ", model "
        + model
        + ", tensors "
        + tensors;
  }
}
