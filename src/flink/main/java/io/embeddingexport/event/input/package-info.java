/** How the events of an input are sent, and the decoder for it: the way into this layer. */
@NullMarked
package io.embeddingexport.event.input;

import org.jspecify.annotations.NullMarked;
