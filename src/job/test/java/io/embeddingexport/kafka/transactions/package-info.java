/** Tests of what the brokers are asked about transactions. */
@NullMarked
package io.embeddingexport.kafka.transactions;

import org.jspecify.annotations.NullMarked;
