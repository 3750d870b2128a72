package io.embeddingexport.audit;

/**
 * A violation of what the export guarantees.
 *
 * @param topic of the message that shows it
 * @param offset of that message; -1: no single message shows it
 */
public record Anomaly(Kind kind, String topic, int partition, long offset, String text) {

  /** Kinds of anomaly. */
  public enum Kind {
    /** An input has no output. */
    LOST,
    /** An input has two outputs: two records, or a record and a dead letter. */
    DUPLICATE,
    /** A key's outputs are not in the order of its inputs, or not all on one partition. */
    OUT_OF_ORDER,
    /** A key's version, or a model's in an input partition, is less than before. */
    VERSION_DECREASED,
    /** A version that was never published. */
    UNKNOWN_VERSION,
    /** A record differs from the one that its input and version require. */
    WRONG_RECORD,
    /** A dead letter is not its input with the right reason. */
    WRONG_LETTER,
    /** An output is of the wrong kind: record, tombstone or dead letter. */
    WRONG_OUTCOME,
    /** A message's key differs from its input's. */
    WRONG_KEY,
    /** A message's timestamp differs from its input's. */
    WRONG_TIMESTAMP,
    /** A record or tombstone is not on its model's topic. */
    WRONG_TOPIC,
    /** The headers of a record or tombstone differ from those that its input requires. */
    WRONG_HEADERS,
    /** A message names an input that was never sent, or no input. */
    UNKNOWN_SOURCE,
    /** The reader during the run and the reader after it saw different messages. */
    READERS_DISAGREE,
    /** A transaction of the job is open after the run. */
    OPEN_TRANSACTION,
    /** Readers of committed messages cannot reach the end of a partition. */
    HELD_BACK
  }

  @Override
  public String toString() {
    return kind + " " + topic + "-" + partition + "@" + offset + ": " + text;
  }
}
