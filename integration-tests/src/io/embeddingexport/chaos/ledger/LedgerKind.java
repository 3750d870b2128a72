package io.embeddingexport.chaos.ledger;

/** Kinds of input, and what must become of each. */
public enum LedgerKind {
  /** An event that becomes a record, under whatever version is in force. */
  EVENT(null),
  /** A null value, which passes as one. */
  TOMBSTONE(null),
  /** Bytes that are no event. */
  GARBAGE("undecodable"),
  /** An event cut off in the middle. */
  CUT("undecodable"),
  /** A list that claims two billion elements. */
  HUGE_COUNT("undecodable"),
  /** A vector one element too long. */
  WRONG_SHAPE("shape"),
  /** An event of a model nobody knows. */
  NO_MODEL("no-key-config"),
  /** An event whose tensor has a name nobody knows. */
  WRONG_NAME("unknown-name");

  private final String reason;

  LedgerKind(String reason) {
    this.reason = reason;
  }

  /** Reason of its dead letter; null if it becomes none. */
  public String reason() {
    return reason;
  }
}
