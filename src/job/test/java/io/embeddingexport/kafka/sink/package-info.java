/** Tests of how messages are written and positions committed. */
@NullMarked
package io.embeddingexport.kafka.sink;

import org.jspecify.annotations.NullMarked;
