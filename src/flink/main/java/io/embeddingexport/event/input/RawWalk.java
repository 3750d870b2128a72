package io.embeddingexport.event.input;

import io.embeddingexport.event.plan.EventWalk;
import io.embeddingexport.event.plan.MappedEvent;

/** Events without fields: the mapping takes the whole value as a tensor. */
final class RawWalk implements EventWalk {
  @Override
  public void read(byte[] event, int from, MappedEvent parts) {
    // No path leads into the bytes.
  }

  @Override
  public int position() {
    return -1;
  }
}
