package io.embeddingexport.flink.types;

/** Where partitions stand, and their bytes. */
final class PositionSamples {
  static final PartitionStart START = new PartitionStart("events", 7, "id", 4294967298L, "m");
  static final String START_HEX =
      "01 00000006 \"events\" 00000007 0000000100000002 00000002 \"id\" 00000001 \"m\"";

  static final PartitionProgress PROGRESS = new PartitionProgress("é", 0, 5);
  static final String PROGRESS_HEX = "02 00000002 \"é\" 00000000 0000000000000005";

  private PositionSamples() {}
}
