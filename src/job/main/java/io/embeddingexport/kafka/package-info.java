/** What the packages under it share: client properties, read positions, envelopes of messages. */
@NullMarked
package io.embeddingexport.kafka;

import org.jspecify.annotations.NullMarked;
