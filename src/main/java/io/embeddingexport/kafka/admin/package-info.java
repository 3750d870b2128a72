/** The properties of Kafka's admin clients, and the wait for their answers. */
@NullMarked
package io.embeddingexport.kafka.admin;

import org.jspecify.annotations.NullMarked;
