/**
 * The decision, pure: event bytes and key configs to a record or a rejection. Knows neither Flink
 * nor Kafka.
 */
@NullMarked
package io.embeddingexport.export;

import org.jspecify.annotations.NullMarked;
