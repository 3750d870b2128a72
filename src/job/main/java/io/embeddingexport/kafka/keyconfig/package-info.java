/** Follows the key configs of a Kafka topic. */
@NullMarked
package io.embeddingexport.kafka.keyconfig;

import org.jspecify.annotations.NullMarked;
