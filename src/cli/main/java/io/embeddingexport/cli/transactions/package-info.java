/** The {@code transactions} commands: open transactions, and the readers they hold back. */
@NullMarked
package io.embeddingexport.cli.transactions;

import org.jspecify.annotations.NullMarked;
