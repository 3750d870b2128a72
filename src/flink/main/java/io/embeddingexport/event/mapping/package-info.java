/** Mappings: where the parts of an event are in other people's messages. */
@NullMarked
package io.embeddingexport.event.mapping;

import org.jspecify.annotations.NullMarked;
