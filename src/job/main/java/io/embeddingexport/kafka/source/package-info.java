/** Reads the input topics from the group's positions. */
@NullMarked
package io.embeddingexport.kafka.source;

import org.jspecify.annotations.NullMarked;
