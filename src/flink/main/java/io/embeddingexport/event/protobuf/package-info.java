/** Events in Protocol Buffers: schemas are compiled once, and events are walked without objects. */
@NullMarked
package io.embeddingexport.event.protobuf;

import org.jspecify.annotations.NullMarked;
