package io.embeddingexport.chaos.check;

import io.embeddingexport.audit.Anomaly;
import io.embeddingexport.audit.Anomaly.Kind;
import io.embeddingexport.audit.Report;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The brokers after a run.
 *
 * @param openTransactions transactional ids of the job that are open
 * @param lastStable last stable offset of each output partition
 * @param logEnd its end
 */
public record BrokerState(
    List<String> openTransactions,
    Map<TopicPartition, Long> lastStable,
    Map<TopicPartition, Long> logEnd) {

  /** Adds an anomaly for whatever is still open. */
  public void addTo(Report report) {
    for (String id : openTransactions) {
      report.add(new Anomaly(Kind.OPEN_TRANSACTION, "", -1, -1, id));
    }
    logEnd.forEach(
        (partition, end) -> {
          long stable = lastStable.getOrDefault(partition, 0L);
          if (stable < end) {
            report.add(
                new Anomaly(
                    Kind.HELD_BACK,
                    partition.topic(),
                    partition.partition(),
                    stable,
                    "the partition's end is " + end));
          }
        });
  }
}
