package io.embeddingexport.cli.demo;

import io.embeddingexport.export.RejectReason;
import java.util.List;
import java.util.Map;

/**
 * What the check found.
 *
 * @param lost events of which nothing came out
 * @param duplicated messages that came out for an event that had one already
 * @param outOfOrder messages that came out after one of a later event of the same key, or on
 *     another partition than that
 * @param olderVersion records that name an older key-config version than one before them of the
 *     same key
 * @param wrong messages that are not what must have come out: other bytes, key, headers or topic
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

  /** How many of each kind. A reason that the export does not know is not among them. */
  record Outputs(int records, int tombstones, Map<RejectReason, Integer> deadLetters) {
    int allDeadLetters() {
      return deadLetters.values().stream().mapToInt(Integer::intValue).sum();
    }
  }
}
