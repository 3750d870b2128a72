/** Schemas of a registry: their ids in messages, and the client that fetches them. */
@NullMarked
package io.embeddingexport.event.registry;

import org.jspecify.annotations.NullMarked;
