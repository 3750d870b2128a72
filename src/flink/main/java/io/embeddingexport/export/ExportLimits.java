package io.embeddingexport.export;

import org.apache.flink.annotation.PublicEvolving;

/**
 * The largest events and records.
 *
 * @param maxEventBytes largest event that is decoded
 * @param maxRecordBytes largest record that is emitted, with the key and headers kept from its
 *     event
 */
@PublicEvolving
public record ExportLimits(int maxEventBytes, int maxRecordBytes) {

  /** 1,000,000 bytes each: below a stock broker's 1,048,588, with room for added headers. */
  public static final ExportLimits DEFAULT = new ExportLimits(1_000_000, 1_000_000);
}
