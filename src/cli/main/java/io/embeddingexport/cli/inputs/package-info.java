/** The commands {@code inputs}: check mappings, and try them on the messages of a topic. */
@NullMarked
package io.embeddingexport.cli.inputs;

import org.jspecify.annotations.NullMarked;
