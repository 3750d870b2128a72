package io.embeddingexport.flink.types;

import org.jspecify.annotations.Nullable;

/** One message header. Several may have the same name. */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own array, passed on uncopied
public record Header(String name, byte @Nullable [] value) {
  /** Name of the header of records and tombstones that holds their model, in UTF-8. */
  public static final String MODEL = "ee.model";

  /** No headers. */
  public static final Header[] NONE = {};
}
