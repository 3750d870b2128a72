/** What fields messages have whose mapping is not written yet. */
@NullMarked
package io.embeddingexport.event.fields;

import org.jspecify.annotations.NullMarked;
