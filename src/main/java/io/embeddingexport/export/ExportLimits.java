package io.embeddingexport.export;

/**
 * The largest events and records.
 *
 * @param maxEventBytes largest event that is decoded
 * @param maxRecordBytes largest record that is emitted, with the key and headers it takes along
 *     from its event
 */
public record ExportLimits(int maxEventBytes, int maxRecordBytes) {

  /**
   * 1,000,000 bytes each: within a stock broker's 1,048,588 with room for the headers that are
   * added.
   */
  public static final ExportLimits DEFAULT = new ExportLimits(1_000_000, 1_000_000);
}
