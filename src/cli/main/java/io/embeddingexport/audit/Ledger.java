package io.embeddingexport.audit;

/** What went in: every input by its number, made anew each time it is asked for. */
public interface Ledger {

  /** The input of that number. */
  LedgerEntry entry(long number);
}
