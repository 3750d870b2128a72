package io.embeddingexport.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports where the group's positions differ from the restored checkpoint. */
final class RestoredSplits {
  private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

  /**
   * Logs each start that differs.
   *
   * @param readers with the splits that their slots restored
   * @param starts where partitions start
   * @return the starts; those that differ are marked
   */
  static List<PartitionSplit> compare(
      String groupId, Collection<ReaderInfo> readers, List<PartitionSplit> starts) {
    Map<TopicPartition, Long> checkpoint = new HashMap<>();
    for (ReaderInfo reader : readers) {
      List<PartitionSplit> splits = reader.getReportedSplitsOnRegistration();
      splits.forEach(split -> checkpoint.put(split.partition(), split.next()));
    }
    return starts.stream()
        .map(start -> compare(groupId, checkpoint.get(start.partition()), start))
        .toList();
  }

  private static PartitionSplit compare(
      String groupId, @Nullable Long checkpoint, PartitionSplit start) {
    if (checkpoint == null || checkpoint == start.next()) {
      return start;
    }
    LOG.info(
        "{} starts at offset {}, the position of group {}; the checkpoint has {}.",
        start.partition(),
        start.next(),
        groupId,
        checkpoint);
    return start.offCheckpoint();
  }

  private RestoredSplits() {}
}
