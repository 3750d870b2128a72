/**
 * The progress through the inputs: the consumer group's offsets, committed in the transactions of
 * the records. Also decides where a start begins, what it ends first, and what it refuses.
 */
@NullMarked
package io.embeddingexport.kafka.positions;

import org.jspecify.annotations.NullMarked;
