package io.embeddingexport.event.avro;

import io.embeddingexport.event.BadEventException;
import io.embeddingexport.event.NameTable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Steps through values that hold the parts of an event. */
final class ContainerSteps {

  static AvroStep skip(SkippedType type) {
    return (in, parts) -> type.skip(in);
  }

  /** Refuses the value, which a union's other branches might have had in a form that fits. */
  static AvroStep refuse(String problem) {
    return (in, parts) -> {
      throw new BadEventException(problem);
    };
  }

  /** Reads a target that a map may give twice. */
  static AvroStep once(int target, String name, AvroStep step) {
    return (in, parts) -> {
      in.give(target, name);
      step.read(in, parts);
    };
  }

  static AvroStep record(List<AvroStep> fields) {
    AvroStep[] steps = fields.toArray(AvroStep[]::new);
    return (in, parts) -> {
      for (AvroStep step : steps) {
        step.read(in, parts);
      }
    };
  }

  static AvroStep union(List<AvroStep> branches) {
    AvroStep[] steps = branches.toArray(AvroStep[]::new);
    return (in, parts) -> steps[in.readIndex(steps.length)].read(in, parts);
  }

  /**
   * Reads some items of a list.
   *
   * @param items by index
   * @param skipped the type of the others
   */
  static AvroStep items(SortedMap<Integer, AvroStep> items, SkippedType skipped) {
    int[] indexes = items.keySet().stream().mapToInt(Integer::intValue).toArray();
    AvroStep[] steps = items.values().toArray(AvroStep[]::new);
    return (in, parts) -> {
      int next = 0;
      long begin = 0;
      for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
        int blockEnd = in.blockEnd();
        // Two long blocks of items without bytes may count beyond 64 bits.
        long end = begin + count < 0 ? Long.MAX_VALUE : begin + count;
        long at = begin;
        for (; next < steps.length && indexes[next] < end; next++) {
          skipped.skip(in, indexes[next] - at);
          steps[next].read(in, parts);
          at = indexes[next] + 1L;
        }
        skipped.skip(in, end - at);
        in.endBlock(blockEnd);
        begin = end;
      }
    };
  }

  /**
   * Reads some values of a map.
   *
   * @param values by key
   * @param skipped the type of the others
   */
  static AvroStep entries(Map<String, AvroStep> values, SkippedType skipped) {
    NameTable<AvroStep> steps = new NameTable<>();
    values.forEach(steps::put);
    return (in, parts) -> {
      for (long count = in.nextBlock(); count != 0; count = in.nextBlock()) {
        int blockEnd = in.blockEnd();
        for (long i = 0; i < count; i++) {
          int length = in.readLength();
          int key = in.skip(length);
          AvroStep step = steps.find(in.bytes(), key, key + length);
          if (step == null) {
            skipped.skip(in);
          } else {
            step.read(in, parts);
          }
        }
        in.endBlock(blockEnd);
      }
    };
  }

  private ContainerSteps() {}
}
