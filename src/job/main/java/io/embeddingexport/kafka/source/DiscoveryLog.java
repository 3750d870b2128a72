package io.embeddingexport.kafka.source;

import io.embeddingexport.kafka.positions.Start;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log messages of the search for added partitions. */
final class DiscoveryLog {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryLog.class);

  static void failed(@Nullable Throwable failure) {
    LOG.warn("The input topics could not be checked for new partitions; trying again.", failure);
  }

  static void added(Map<TopicPartition, Start> starts) {
    starts.forEach(
        (partition, start) ->
            LOG.info("{} was added. It is read from offset {}.", partition, start.offset()));
  }

  private DiscoveryLog() {}
}
