package io.embeddingexport.kafka.commit;

/** What became of a transaction, as far as can be told. */
public sealed interface TransactionFate {

  /** Its messages are visible, or will be without further doing. */
  record Committed() implements TransactionFate {
    static final Committed INSTANCE = new Committed();
  }

  /**
   * Its messages will never be visible.
   *
   * @param evidence what says so
   */
  record Aborted(String evidence) implements TransactionFate {}

  /** It can still be committed. */
  record Open() implements TransactionFate {
    static final Open INSTANCE = new Open();
  }

  /**
   * It cannot be told now, but later.
   *
   * @param why who does not answer, or what must end first
   */
  record Unanswered(String why) implements TransactionFate {}

  /**
   * Nothing tells.
   *
   * @param tried what was looked at, and why it does not tell
   */
  record Unknown(String tried) implements TransactionFate {}
}
