/** The {@code positions} commands: show how far a job has exported, and set it by hand. */
@NullMarked
package io.embeddingexport.cli.positions;

import org.jspecify.annotations.NullMarked;
