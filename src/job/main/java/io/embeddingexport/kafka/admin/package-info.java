/** Kafka's admin clients: their properties, the wait for answers, and what a failure says. */
@NullMarked
package io.embeddingexport.kafka.admin;

import org.jspecify.annotations.NullMarked;
