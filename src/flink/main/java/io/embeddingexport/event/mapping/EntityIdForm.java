package io.embeddingexport.event.mapping;

import io.embeddingexport.datarecord.FeatureId;
import java.util.Locale;

/** How an entity id that is a text or bytes becomes a number. A number is the id as it is. */
public enum EntityIdForm {
  /** Decimal digits of a signed 64-bit number. */
  DECIMAL,
  /** Eight bytes, a big-endian signed 64-bit number. */
  INT64,
  /** {@link FeatureId#ofUtf8}: libtwml's id of a feature of that name. */
  FEATURE_ID,
  /** {@link FeatureId#murmur3} of the bytes. */
  MURMUR3,
  /** It has no number: the bytes are the record's Kafka key. */
  NONE;

  /** The name in mappings: {@code feature-id}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
