/** Dead letters as they are read: the inputs that they were, and which of them are chosen. */
@NullMarked
package io.embeddingexport.kafka.letters;

import org.jspecify.annotations.NullMarked;
