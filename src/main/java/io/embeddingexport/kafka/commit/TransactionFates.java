package io.embeddingexport.kafka.commit;

/** Finds out what became of a transaction. */
interface TransactionFates {

  /** May take some seconds; never throws for what a broker answers. */
  TransactionFate of(PreparedTransaction transaction) throws InterruptedException;
}
