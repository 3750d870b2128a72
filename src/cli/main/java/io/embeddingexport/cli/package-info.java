/** The command line. */
@NullMarked
package io.embeddingexport.cli;

import org.jspecify.annotations.NullMarked;
