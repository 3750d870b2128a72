/** Shows what is on a topic. */
@NullMarked
package io.embeddingexport.cli.peek;

import org.jspecify.annotations.NullMarked;
