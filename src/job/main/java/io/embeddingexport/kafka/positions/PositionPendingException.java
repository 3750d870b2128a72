package io.embeddingexport.kafka.positions;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The brokers withhold a group's offsets while a transaction is pending. */
public final class PositionPendingException extends KafkaException {
  private static final long serialVersionUID = 1;

  private static final int SHOWN = 5;

  PositionPendingException(
      PositionSettings settings, Collection<TopicPartition> partitions, TimeoutException cause) {
    super(
        "the brokers do not return the position of group "
            + settings.groupId()
            + " on "
            + partitions.stream()
                .map(TopicPartition::toString)
                .sorted()
                .limit(SHOWN)
                .collect(Collectors.joining(", "))
            + (partitions.size() > SHOWN ? ", …" : "")
            + ": they do not answer, or a transaction that commits offsets there stays open for"
            + " longer than its timeout of "
            + settings.transactionTimeout().toSeconds()
            + " s. bin/embedding-export transactions list --all shows which transaction; the job"
            + " tries again",
        cause);
  }
}
