package io.embeddingexport.kafka.commit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The runs that write again just these inputs. One run reads one range of each partition; where a
 * partition has lost several, and what is between them is committed, it takes a run more for each.
 *
 * @param transactionalIdPrefix of the job
 */
record Replay(String transactionalIdPrefix, List<SourceRange> lost) {

  /** Offsets of a partition. */
  private record Range(long from, long until) {}

  /** In the order in which they are to be run. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    SortedMap<String, List<Range>> ranges = ranges();
    for (int run = 0; ; run++) {
      SortedMap<String, Range> read = new TreeMap<>();
      for (String place : ranges.keySet()) {
        if (run < ranges.get(place).size()) {
          read.put(place, ranges.get(place).get(run));
        }
      }
      if (read.isEmpty()) {
        return commands;
      }
      commands.add(command(read));
    }
  }

  /** By partition, in order; those that follow on each other are joined. */
  private SortedMap<String, List<Range>> ranges() {
    SortedMap<String, List<Range>> ranges = new TreeMap<>();
    List<SourceRange> inOrder = new ArrayList<>(lost);
    inOrder.sort(Comparator.comparingLong(SourceRange::first));
    for (SourceRange range : inOrder) {
      List<Range> before =
          ranges.computeIfAbsent(
              range.topic() + ":" + range.partition(), place -> new ArrayList<>());
      int last = before.size() - 1;
      if (last >= 0 && range.first() <= before.get(last).until()) {
        long until = Math.max(before.get(last).until(), range.last() + 1);
        before.set(last, new Range(before.get(last).from(), until));
      } else {
        before.add(new Range(range.first(), range.last() + 1));
      }
    }
    return ranges;
  }

  /** {@code *=0} in both: of every other partition nothing. */
  private String command(SortedMap<String, Range> read) {
    StringBuilder from = new StringBuilder();
    StringBuilder until = new StringBuilder();
    read.forEach(
        (place, range) -> {
          from.append(place).append('=').append(range.from()).append(',');
          until.append(place).append('=').append(range.until()).append(',');
        });
    return "bin/embedding-export run --config FILE"
        + " --set input.group-id=replay"
        + " --set output.transactional-id-prefix="
        + transactionalIdPrefix
        + "replay. --from offset:"
        + from
        + "*=0 --until offset:"
        + until
        + "*=0";
  }
}
