package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.skipped;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.CoreOptions;

/** Whether the ids of the job's transactions fit the brokers' memory. */
final class BrokerMemoryCheck implements Check {

  @Override
  public String name() {
    return BrokerMemory.NAME;
  }

  @Override
  public List<Finding> look(Subject subject, Brokers brokers) throws InterruptedException {
    Duration interval =
        subject
            .flink()
            .getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)
            .orElse(Duration.ZERO);
    if (!subject.isExactlyOnce() || interval.isZero()) {
      return List.of(skipped(name(), "no transactions that checkpoints commit"));
    }
    Topics topics = Topics.ask(brokers, subject.topics());
    int slots = slots(subject, topics);
    if (slots == 0 || topics.of(TopicRole.RECORDS).isEmpty()) {
      return List.of(skipped(name(), "the input or the output is not seen (see topics)"));
    }
    OptionalLong transactionalIds = brokers.setting(BrokerMemory.TRANSACTIONAL_IDS);
    OptionalLong producerIds = brokers.setting(BrokerMemory.PRODUCER_IDS);
    return List.of(
        new BrokerMemory(
                slots,
                interval,
                topics.of(TopicRole.RECORDS).stream()
                    .mapToInt(topic -> topic.partitions() * topic.replicas())
                    .sum(),
                brokers.get(brokers.admin().describeCluster().nodes()).size(),
                duration(transactionalIds, BrokerMemory.DEFAULT_TRANSACTIONAL_IDS),
                duration(producerIds, BrokerMemory.DEFAULT_PRODUCER_IDS),
                transactionalIds.isPresent() && producerIds.isPresent())
            .judge());
  }

  /** Only a slot that is given events opens transactions. */
  static int slots(Subject subject, Topics topics) {
    int partitions = topics.of(TopicRole.INPUT).stream().mapToInt(TopicState::partitions).sum();
    return Math.min(
        partitions,
        subject.flink().getOptional(CoreOptions.DEFAULT_PARALLELISM).orElse(partitions));
  }

  private static Duration duration(OptionalLong millis, Duration otherwise) {
    return millis.isPresent() ? Duration.ofMillis(millis.getAsLong()) : otherwise;
  }
}
