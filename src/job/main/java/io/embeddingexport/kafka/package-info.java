/**
 * The edges: Kafka sources and sinks, and the rules for keys, headers, timestamps and tombstones.
 */
@NullMarked
package io.embeddingexport.kafka;

import org.jspecify.annotations.NullMarked;
