/** Tests of the {@code transactions} commands without brokers. */
@NullMarked
package io.embeddingexport.cli.transactions;

import org.jspecify.annotations.NullMarked;
