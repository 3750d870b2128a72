/** Events in JSON. */
@NullMarked
package io.embeddingexport.event.json;

import org.jspecify.annotations.NullMarked;
