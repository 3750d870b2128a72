/** The {@code transactions} commands: which transactions are open, whom they hold back. */
@NullMarked
package io.embeddingexport.cli.transactions;

import org.jspecify.annotations.NullMarked;
