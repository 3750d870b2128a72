/**
 * For those who read records: where a record came from, and whether it came before. Needs the JDK
 * and Kafka's client, nothing of Flink.
 */
@NullMarked
package io.embeddingexport.consumer;

import org.jspecify.annotations.NullMarked;
