package io.embeddingexport.kafka.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says where the group's positions are not where the restored checkpoint stood. */
final class RestoredSplits {
  private static final Logger LOG = LoggerFactory.getLogger(RestoredSplits.class);

  /**
   * @param readers with the splits that their slots restored
   * @param starts where partitions are to start
   * @return how many of them the checkpoint has elsewhere
   */
  static int compare(String groupId, Collection<ReaderInfo> readers, List<PartitionSplit> starts) {
    Map<TopicPartition, PartitionSplit> checkpoint = new HashMap<>();
    for (ReaderInfo reader : readers) {
      List<PartitionSplit> splits = reader.getReportedSplitsOnRegistration();
      splits.forEach(split -> checkpoint.put(split.partition(), split));
    }
    int different = 0;
    for (PartitionSplit start : starts) {
      PartitionSplit before = checkpoint.get(start.partition());
      if (before != null && before.next() != start.next()) {
        different++;
        LOG.info(
            "{} goes on at offset {}, where group {} stands; the checkpoint stood at {}.",
            start.partition(),
            start.next(),
            groupId,
            before.next());
      }
    }
    return different;
  }

  private RestoredSplits() {}
}
