/**
 * The checks before the job starts, which {@code doctor} makes, too: brokers, topics, permissions,
 * transactions, clocks and checkpoint storage. Each check asks for values, and judges them in a
 * function of those values alone.
 */
@NullMarked
package io.embeddingexport.job.checks;

import org.jspecify.annotations.NullMarked;
