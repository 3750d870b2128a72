package io.embeddingexport.keys;

/** The clients that must change along with a key config. */
public enum AffectedClients {
  /** Readers of the records. */
  READERS("readers"),
  /** Senders of events, by position or by name. */
  SENDERS("senders"),
  /** Senders of events that give their tensors by position. */
  SENDERS_BY_POSITION("senders by position"),
  /** Senders of events that name their tensors. */
  SENDERS_BY_NAME("senders by name");

  private final String title;

  AffectedClients(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
