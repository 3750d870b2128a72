package io.embeddingexport.kafka.commit;

/** What became of a transaction that was to be committed. */
sealed interface CommitOutcome {

  /** It is committed now. */
  record Done() implements CommitOutcome {
    static final Done INSTANCE = new Done();
  }

  /** It had been committed before. */
  record Repeated() implements CommitOutcome {
    static final Repeated INSTANCE = new Repeated();
  }

  /** It is not committed, and will not be. */
  record Lost(LostCommit commit) implements CommitOutcome {}
}
