package io.embeddingexport.audit;

/** All inputs by number. Each call computes its entry again, so a ledger needs no memory. */
public interface Ledger {

  /** The input of that number. */
  LedgerEntry entry(long number);
}
