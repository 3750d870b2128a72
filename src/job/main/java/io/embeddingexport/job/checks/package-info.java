/**
 * The checks before the job starts, also used by {@code doctor}: brokers, topics, permissions,
 * transactions, clocks and checkpoint storage. Each check fetches values, and judges them in a
 * function of those values alone.
 */
@NullMarked
package io.embeddingexport.job.checks;

import org.jspecify.annotations.NullMarked;
