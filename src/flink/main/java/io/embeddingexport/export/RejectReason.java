package io.embeddingexport.export;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** Every way an input can fail to become a record. */
@PublicEvolving
public enum RejectReason {
  /** The bytes are not an event in the job's format. */
  UNDECODABLE,
  /** The event has more bytes than the limit. */
  EVENT_TOO_LARGE,
  /**
   * A null value (a tombstone) without a Kafka key: it deletes nothing, and a compacted topic
   * refuses it.
   */
  TOMBSTONE_WITHOUT_KEY,
  /** No key config for the event's model. */
  NO_KEY_CONFIG,
  /** The event's model is retired: its key config was withdrawn. */
  MODEL_RETIRED,
  /** The event names a key-config version that has not arrived. */
  KEY_CONFIG_VERSION_UNKNOWN,
  /** The event names a key-config version that a later one has replaced. */
  KEY_CONFIG_VERSION_SUPERSEDED,
  /** An event by position has more or fewer tensors than the key config has keys. */
  ARITY,
  /** A tensor's name is not in the key config. */
  UNKNOWN_NAME,
  /** A tensor that the key config requires is missing. */
  MISSING_NAME,
  /** Two tensors have the same name. */
  DUPLICATE_NAME,
  /** A tensor's element type differs from the key's. */
  DTYPE,
  /** A tensor's shape differs from the key's. */
  SHAPE,
  /** A tensor without a stated shape has an element count that the key's shape cannot take. */
  SIZE,
  /** A tensor holds a NaN or an infinity, and its key does not accept them. */
  NON_FINITE,
  /** The key config writes the entity id, and the event's is a name, not a number. */
  MISSING_ENTITY_ID,
  /** The key config writes the event time, and the event has none. */
  MISSING_EVENT_TIME,
  /** The record would be larger than the limit. */
  RECORD_TOO_LARGE,
  /** The input is a refused message of the key-config topic, not an event. */
  KEY_CONFIG_REFUSED;

  private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The name in headers, metrics and summaries: {@code no-key-config}. */
  public String label() {
    return label;
  }
}
