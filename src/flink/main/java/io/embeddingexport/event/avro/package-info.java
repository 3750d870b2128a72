/**
 * Avro events. A writer's schema is compiled with a plan, once; an event is then read without the
 * library, and elements that a record has too stay where they are.
 */
@NullMarked
package io.embeddingexport.event.avro;

import org.jspecify.annotations.NullMarked;
