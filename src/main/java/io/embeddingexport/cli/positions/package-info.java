/** The {@code positions} commands: what a job has exported, and how to say that by hand. */
@NullMarked
package io.embeddingexport.cli.positions;

import org.jspecify.annotations.NullMarked;
