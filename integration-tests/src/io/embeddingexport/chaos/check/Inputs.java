package io.embeddingexport.chaos.check;

import java.util.ArrayList;
import java.util.List;

/** All inputs by where they stand, and how many messages were made of each. Not thread-safe. */
final class Inputs {
  static final long NEVER_SENT = -1;

  private final List<Partition> partitions = new ArrayList<>();

  /**
   * Inputs that follow on each other, of which nothing was made.
   *
   * @param last offset of the last one
   */
  record Gap(int partition, int first, int last) {
    long inputs() {
      return last - first + 1L;
    }
  }

  /** A partition of the input topic. */
  private static final class Partition {
    private final LongColumn sequences = new LongColumn(NEVER_SENT);
    private final LongColumn outcomes = new LongColumn(0);

    /** Something was made of every input before this offset. */
    private int done;

    private boolean isMissing(int offset) {
      return sequences.get(offset) != NEVER_SENT && outcomes.get(offset) == 0;
    }
  }

  Inputs(int partitions) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
  }

  void sent(int partition, long offset, long sequence) {
    partitions.get(partition).sequences.put(offset, sequence);
  }

  /** The sequence number of the input that stands there; {@link #NEVER_SENT} if none does. */
  long sequence(Place place) {
    return partitions.get(place.partition()).sequences.get(place.offset());
  }

  /** One more message is made of an input; returns how many that are now. */
  long made(Place place) {
    LongColumn outcomes = partitions.get(place.partition()).outcomes;
    long made = outcomes.get(place.offset()) + 1;
    outcomes.put(place.offset(), made);
    return made;
  }

  /** Of how many inputs with a sequence number less than this one nothing was made yet. */
  long missing(long before) {
    long missing = 0;
    for (Partition partition : partitions) {
      while (partition.done < partition.sequences.size() && !partition.isMissing(partition.done)) {
        partition.done++;
      }
      for (int offset = partition.done;
          offset < partition.sequences.size() && partition.sequences.get(offset) < before;
          offset++) {
        missing += partition.isMissing(offset) ? 1 : 0;
      }
    }
    return missing;
  }

  /** Of what nothing was made. */
  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int number = 0; number < partitions.size(); number++) {
      Partition partition = partitions.get(number);
      for (int offset = partition.done; offset < partition.sequences.size(); offset++) {
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
}
