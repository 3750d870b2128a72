package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.plan.TensorValue;

/** Reads one value, whole, as a tensor. Immutable. */
@FunctionalInterface
interface AvroTensor {
  void read(AvroInput in, TensorValue tensor) throws BadEventException;
}
