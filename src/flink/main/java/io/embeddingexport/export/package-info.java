/**
 * The decision as a pure function: event bytes and key configs to a record or a rejection. Does not
 * depend on Flink or Kafka.
 */
@NullMarked
package io.embeddingexport.export;

import org.jspecify.annotations.NullMarked;
