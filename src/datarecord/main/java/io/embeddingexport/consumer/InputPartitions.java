package io.embeddingexport.consumer;

import java.util.ArrayList;
import java.util.List;

/** The input partitions found in the records of one output partition. */
final class InputPartitions {
  private final int window;
  private final List<Source> known = new ArrayList<>();
  private int last;

  private record Source(byte[] partitionAndItem, OffsetWindow offsets) {}

  InputPartitions(int window) {
    this.window = window;
  }

  /** The window of the origin's input partition. */
  OffsetWindow window(OriginText origin) {
    // Messages arrive in runs of one input partition, so the last one is tried first.
    for (int i = 0; i < known.size(); i++) {
      int at = (last + i) % known.size();
      Source source = known.get(at);
      if (origin.isOf(source.partitionAndItem())) {
        last = at;
        return source.offsets();
      }
    }
    Source added = new Source(origin.partitionAndItem(), new OffsetWindow(window));
    last = known.size();
    known.add(added);
    return added.offsets();
  }
}
