/** Writes messages, and commits the positions of their inputs with them. */
@NullMarked
package io.embeddingexport.kafka.sink;

import org.jspecify.annotations.NullMarked;
