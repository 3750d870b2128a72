/** Standard output and the terminal: tables, a progress bar, a status line. */
@NullMarked
package io.embeddingexport.cli.console;

import org.jspecify.annotations.NullMarked;
