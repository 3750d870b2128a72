package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.skipped;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Whether the ids of the job's transactions fit the brokers' memory. */
final class BrokerMemoryCheck implements Check {

  @Override
  public String name() {
    return BrokerMemory.NAME;
  }

  @Override
  public List<Finding> look(Subject subject, Brokers brokers) throws InterruptedException {
    Duration interval = subject.checkpointInterval();
    if (!subject.isExactlyOnce() || interval.isZero()) {
      return List.of(skipped(name(), "no transactions that checkpoints commit"));
    }
    Topics topics = brokers.topics(subject);
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
                brokers.nodes().size(),
                duration(transactionalIds, BrokerMemory.DEFAULT_TRANSACTIONAL_IDS),
                duration(producerIds, BrokerMemory.DEFAULT_PRODUCER_IDS),
                transactionalIds.isPresent() && producerIds.isPresent())
            .judge());
  }

  /** Only a slot that is given events opens transactions. */
  static int slots(Subject subject, Topics topics) {
    int partitions = topics.partitions(TopicRole.INPUT);
    return Math.min(partitions, subject.slots().orElse(partitions));
  }

  private static Duration duration(OptionalLong millis, Duration otherwise) {
    return millis.isPresent() ? Duration.ofMillis(millis.getAsLong()) : otherwise;
  }
}
