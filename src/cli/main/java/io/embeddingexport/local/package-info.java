/** A Kafka broker and a Flink cluster in this process, for the commands and for tests. */
@NullMarked
package io.embeddingexport.local;

import org.jspecify.annotations.NullMarked;
