/**
 * What is looked at before the job starts, and by {@code doctor}: brokers, topics, permissions,
 * transactions, clocks and checkpoint storage. Each check asks for values, and judges them in a
 * function of those values alone.
 */
@NullMarked
package io.embeddingexport.job.checks;

import org.jspecify.annotations.NullMarked;
