package io.embeddingexport.event.plan;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.DecodeFailure;
import io.embeddingexport.event.DecodeResult;
import io.embeddingexport.event.EventDecoder;
import io.embeddingexport.event.EventMessage;
import io.embeddingexport.event.KnownModels;
import java.util.Objects;

/** Decodes events of any format by a plan. */
public final class MappedEventDecoder implements EventDecoder {
  private final EventWalk walk;
  private final MappedEvent parts;

  /**
   * @param walk reads the format
   */
  public MappedEventDecoder(EventPlan plan, EventWalk walk) {
    this.walk = walk;
    this.parts = plan.newEvent();
  }

  @Override
  public DecodeResult decode(EventMessage message, KnownModels models) {
    return decode(message, 0, models);
  }

  @Override
  public boolean isNative(byte[] value) {
    return walk.isNative(value);
  }

  /**
   * Decodes a message whose event does not begin with its first byte.
   *
   * @param from where the event begins
   */
  public DecodeResult decode(EventMessage message, int from, KnownModels models) {
    parts.begin(models);
    try {
      walk.read(Objects.requireNonNull(message.value()), from, parts);
    } catch (BadEventException e) {
      int position = walk.position();
      return new DecodeFailure((position < 0 ? "" : "byte " + position + ": ") + e.getMessage());
    }
    try {
      return parts.finish(message);
    } catch (BadEventException e) {
      return new DecodeFailure(e.getMessage());
    }
  }
}
