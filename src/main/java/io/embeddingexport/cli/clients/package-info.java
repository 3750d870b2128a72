/** What the commands that talk to a Kafka broker share: their options, and errors in one line. */
@NullMarked
package io.embeddingexport.cli.clients;

import org.jspecify.annotations.NullMarked;
