/** Options and errors shared by the commands for Kafka brokers. */
@NullMarked
package io.embeddingexport.cli.clients;

import org.jspecify.annotations.NullMarked;
