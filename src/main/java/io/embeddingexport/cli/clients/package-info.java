/** Options and errors that the commands for Kafka brokers share. */
@NullMarked
package io.embeddingexport.cli.clients;

import org.jspecify.annotations.NullMarked;
