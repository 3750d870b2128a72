/** The {@code positions} commands, without brokers. */
@NullMarked
package io.embeddingexport.cli.positions;

import org.jspecify.annotations.NullMarked;
