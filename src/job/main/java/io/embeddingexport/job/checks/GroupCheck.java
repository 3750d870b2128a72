package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;

import io.embeddingexport.kafka.admin.Permission;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Tests READ on the consumer group by a commit for a partition that no topic has. The broker checks
 * the group's permissions first, then refuses the partition: nothing is written. (Describing a
 * group shows nothing if it does not exist yet.)
 */
final class GroupCheck implements Check {
  private static final int NO_PARTITION = Integer.MAX_VALUE;

  @Override
  public String name() {
    return "group-permission";
  }

  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    String group = context.settings().source().groupId();
    TopicPartition nowhere =
        new TopicPartition(context.settings().source().topics().get(0), NO_PARTITION);
    KafkaFuture<Void> answer =
        brokers
            .admin()
            .alterConsumerGroupOffsets(group, Map.of(nowhere, new OffsetAndMetadata(0)))
            .partitionResult(nowhere);
    boolean allowed;
    try {
      brokers.get(answer);
      allowed = true;
    } catch (UnknownTopicOrPartitionException | TopicAuthorizationException e) {
      allowed = true; // the group was checked before the topic
    } catch (GroupAuthorizationException e) {
      allowed = false;
    }
    return List.of(evaluate(context, group, allowed));
  }

  Finding evaluate(PreflightContext context, String group, boolean allowed) {
    return allowed
        ? ok(name(), "READ on " + group)
        : error(
            name(),
            "READ on the consumer group " + group + " is not allowed",
            "grant it: " + context.commands().allow(Permission.group(AclOperation.READ, group)));
  }
}
