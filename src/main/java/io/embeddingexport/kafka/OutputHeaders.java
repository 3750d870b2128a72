package io.embeddingexport.kafka;

/** Which headers of ours a record gets. Tombstones and dead letters are the same with both. */
public enum OutputHeaders {
  /** All that {@link HeaderNames} says. */
  ALL,

  /**
   * {@link HeaderNames#SOURCE} alone, by which commits are looked into and consumers drop repeats:
   * 33 bytes a record, and the two values, less.
   */
  SOURCE
}
