/** Tests of how partitions are assigned and read. */
@NullMarked
package io.embeddingexport.kafka.source;

import org.jspecify.annotations.NullMarked;
