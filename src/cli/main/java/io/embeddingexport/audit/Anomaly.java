package io.embeddingexport.audit;

/**
 * Something that must not be.
 *
 * @param topic where it shows
 * @param offset -1 if it is of no one message
 */
public record Anomaly(Kind kind, String topic, int partition, long offset, String text) {

  /** Kinds of anomaly. */
  public enum Kind {
    /** An input became nothing. */
    LOST,
    /** An input became two things: two records, or a record and a dead letter. */
    DUPLICATE,
    /** A key's outputs are not in the order of its inputs, or not all on one partition. */
    OUT_OF_ORDER,
    /** A key's version, or a model's in an input partition, is less than before. */
    VERSION_DECREASED,
    /** A version that was never published. */
    UNKNOWN_VERSION,
    /** A record is not the one its input and version give. */
    WRONG_RECORD,
    /** A dead letter is not its input with the right reason. */
    WRONG_LETTER,
    /** A message that should be a record, a tombstone or a letter is another of these. */
    WRONG_OUTCOME,
    /** A message has not its input's key. */
    WRONG_KEY,
    /** A message has not its input's timestamp. */
    WRONG_TIMESTAMP,
    /** A record or tombstone is on another topic than its model's. */
    WRONG_TOPIC,
    /** A record or tombstone has other headers than its input gives. */
    WRONG_HEADERS,
    /** A message says it was made of an input that was never sent, or says nothing. */
    UNKNOWN_SOURCE,
    /** The reader beside the run and the one after it saw different messages. */
    READERS_DISAGREE,
    /** A transaction of the job is open after the run. */
    OPEN_TRANSACTION,
    /** Readers of committed messages cannot come to the end of a partition. */
    HELD_BACK
  }

  @Override
  public String toString() {
    return kind + " " + topic + "-" + partition + "@" + offset + ": " + text;
  }
}
