package io.embeddingexport.cli.demo;

import io.embeddingexport.export.RejectReason;
import java.util.List;
import java.util.Map;

/**
 * The result of the check.
 *
 * @param lost events without output
 * @param duplicated messages for an event that already had one
 * @param outOfOrder messages that came after one of a later event of the same key, or on another
 *     partition
 * @param olderVersion records that name an older key-config version than an earlier one of the same
 *     key
 * @param wrong messages that differ from the expected ones in bytes, key, headers or topic
 * @param problems the first few of these, in words
 */
record Verdict(
    Outputs expected,
    Outputs found,
    int lost,
    int duplicated,
    int outOfOrder,
    int olderVersion,
    int wrong,
    List<String> problems) {

  boolean isClean() {
    return faults() == 0 && expected.equals(found);
  }

  private int faults() {
    return lost + duplicated + outOfOrder + olderVersion + wrong;
  }

  /** Number of messages of each kind. A reason unknown to the export is left out. */
  record Outputs(int records, int tombstones, Map<RejectReason, Integer> deadLetters) {
    int allDeadLetters() {
      return deadLetters.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
