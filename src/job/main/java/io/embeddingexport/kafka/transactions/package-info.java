/**
 * Transactions as the brokers see them: which are open, which partitions they hold back, and how to
 * end one. Nothing here prints.
 */
@NullMarked
package io.embeddingexport.kafka.transactions;

import org.jspecify.annotations.NullMarked;
