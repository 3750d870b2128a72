/** Tests of where a start begins, and what it refuses. */
@NullMarked
package io.embeddingexport.kafka.positions;

import org.jspecify.annotations.NullMarked;
