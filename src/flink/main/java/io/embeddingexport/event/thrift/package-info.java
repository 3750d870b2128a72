/** Events in our Thrift struct. */
@NullMarked
package io.embeddingexport.event.thrift;

import org.jspecify.annotations.NullMarked;
