package io.embeddingexport.cli.positions;

import io.embeddingexport.kafka.TopicPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The positions that a command would commit, and the reasons against it, for people. */
final class PositionPlan {
  private final Map<TopicPartition, Long> positions = new TreeMap<>(TopicPartitions.ORDER);
  private final List<String> lines = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Commits a position.
   *
   * @param from the previous position on the same topic; null: none
   */
  void move(TopicPartition partition, @Nullable Long from, long to) {
    positions.put(partition, to);
    lines.add(partition + ": " + (from == null ? "none → " + to : change(from, to)));
  }

  private static String change(long from, long to) {
    String change = from + " → " + to;
    if (from < to) {
      return change + ", skips " + count(to - from);
    }
    return from > to ? change + ", repeats " + count(from - to) : change;
  }

  private static String count(long offsets) {
    return offsets + (offsets == 1 ? " offset" : " offsets");
  }

  /**
   * Commits a position.
   *
   * @param what the action, printed after the partition's name
   */
  void commit(TopicPartition partition, long to, String what) {
    positions.put(partition, to);
    lines.add(partition + ": " + what);
  }

  /** Leaves a partition as it is. */
  void leave(TopicPartition partition, String why) {
    lines.add(partition + ": " + why);
  }

  /** Refuses to commit anything, for this reason: a format of problem and remedy. */
  void refuse(String why, Object... values) {
    problems.add(why.formatted(values));
  }

  Map<TopicPartition, Long> positions() {
    return positions;
  }

  /** One line per partition, in order of the report. */
  List<String> lines() {
    return lines;
  }

  List<String> problems() {
    return problems;
  }
}
