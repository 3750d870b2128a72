package io.embeddingexport.cli.demo;

import io.embeddingexport.export.RejectReason;
import io.embeddingexport.thrift.DataRecord;

/** The expected output of an event. */
sealed interface Expected {

  /** A record with this content. */
  record Record(DataRecord content, String model, long keyConfigVersion) implements Expected {}

  /** The key alone. */
  record Tombstone() implements Expected {}

  /** The event itself on the dead-letter topic. */
  record DeadLetter(RejectReason reason) implements Expected {}
}
