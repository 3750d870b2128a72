package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.MappedEvent;

/** Reads one value, whole, and hands over the parts of the event in it. Immutable. */
@FunctionalInterface
interface AvroStep {
  void read(AvroInput in, MappedEvent parts) throws BadEventException;
}
