package io.embeddingexport.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** All inputs by position, and whether each has an output. Not thread-safe. */
final class AuditedInputs {
  static final long NEVER_SENT = -1;

  /** Added to versions, so that an output without a version differs from no output. */
  private static final long HAS_OUTPUT = 2;

  private final List<Partition> partitions = new ArrayList<>();

  /**
   * Consecutive inputs without an output.
   *
   * @param last offset of the last one
   */
  record Gap(int partition, int first, int last) {
    long inputs() {
      return last - first + 1L;
    }
  }

  /** An output under a version below that of an earlier input of the same partition and model. */
  record VersionDrop(int partition, int offset, long from, long to) {}

  /** A partition of the input topic. */
  private static final class Partition {
    private final LongColumn numbers = new LongColumn(NEVER_SENT);
    private final LongColumn timestamps = new LongColumn(NEVER_SENT);

    /**
     * The version that the first output states, plus {@link #HAS_OUTPUT}; 0: there is no output.
     */
    private final LongColumn outcomes = new LongColumn(0);

    /** Every input before this offset has an output. */
    private int done;

    private boolean isMissing(int offset) {
      return numbers.get(offset) != NEVER_SENT && outcomes.get(offset) == 0;
    }
  }

  AuditedInputs(int partitions) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
  }

  void sent(int partition, long offset, long timestamp, long number) {
    partitions.get(partition).numbers.put(offset, number);
    partitions.get(partition).timestamps.put(offset, timestamp);
  }

  /** The number of the input at that position; {@link #NEVER_SENT}: there is none. */
  long number(SourcePosition position) {
    return partitions.get(position.partition()).numbers.get(position.offset());
  }

  long timestamp(SourcePosition position) {
    return partitions.get(position.partition()).timestamps.get(position.offset());
  }

  /** Adds an output of an input; returns whether it is the first. */
  boolean addOutput(SourcePosition position, long version) {
    LongColumn outcomes = partitions.get(position.partition()).outcomes;
    boolean isFirst = outcomes.get(position.offset()) == 0;
    if (isFirst) {
      outcomes.put(position.offset(), version + HAS_OUTPUT);
    }
    return isFirst;
  }

  /** The version that the first output of an input states; less than 0: none. */
  long version(SourcePosition position) {
    return partitions.get(position.partition()).outcomes.get(position.offset()) - HAS_OUTPUT;
  }

  /** Number of inputs below {@code before} that have no output yet. */
  long missing(long before) {
    long missing = 0;
    for (Partition partition : partitions) {
      while (partition.done < partition.numbers.size() && !partition.isMissing(partition.done)) {
        partition.done++;
      }
      for (int offset = partition.done;
          offset < partition.numbers.size() && partition.numbers.get(offset) < before;
          offset++) {
        missing += partition.isMissing(offset) ? 1 : 0;
      }
    }
    return missing;
  }

  /** Inputs without an output. */
  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int number = 0; number < partitions.size(); number++) {
      Partition partition = partitions.get(number);
      for (int offset = partition.done; offset < partition.numbers.size(); offset++) {
        if (partition.isMissing(offset)) {
          int first = offset;
          while (partition.isMissing(offset + 1)) {
            offset++;
          }
          gaps.add(new Gap(number, first, offset));
        }
      }
    }
    return gaps;
  }

  /**
   * The outputs whose version is below that of the output before, in the order of the inputs;
   * records and dead letters count together.
   *
   * @param model of an input, by its number
   */
  List<VersionDrop> versionDrops(LongFunction<String> model) {
    List<VersionDrop> versionDrops = new ArrayList<>();
    for (int number = 0; number < partitions.size(); number++) {
      Partition partition = partitions.get(number);
      Map<String, Long> last = new HashMap<>();
      for (int offset = 0; offset < partition.outcomes.size(); offset++) {
        long version = partition.outcomes.get(offset) - HAS_OUTPUT;
        if (version > 0) {
          Long before = last.put(model.apply(partition.numbers.get(offset)), version);
          if (before != null && before > version) {
            versionDrops.add(new VersionDrop(number, offset, before, version));
          }
        }
      }
    }
    return versionDrops;
  }
}
