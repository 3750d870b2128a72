package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.EventWalk;
import io.embeddingexport.event.plan.MappedEvent;

/** Reads events of one writer's schema, in Avro's binary encoding, without a container file. */
public final class AvroWalk implements EventWalk {
  private final AvroStep root;
  private final AvroInput in = new AvroInput();

  public AvroWalk(AvroPlan plan) {
    this.root = plan.root();
  }

  @Override
  public void read(byte[] event, int from, MappedEvent parts) throws BadEventException {
    in.begin(event, from);
    root.read(in, parts);
    if (in.remaining() != 0) {
      throw new BadEventException(
          "the event ends here, but "
              + in.remaining()
              + " bytes follow; was it written with another schema?");
    }
  }

  @Override
  public int position() {
    return in.at();
  }
}
