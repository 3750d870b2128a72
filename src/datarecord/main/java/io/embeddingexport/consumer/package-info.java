/**
 * For programs that read records from Kafka: a consumer, deserializers, the origin of a record, and
 * whether it is a repeat. Needs the JDK and Kafka's client, but not Flink.
 */
@NullMarked
package io.embeddingexport.consumer;

import org.jspecify.annotations.NullMarked;
