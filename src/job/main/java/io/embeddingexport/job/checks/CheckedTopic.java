package io.embeddingexport.job.checks;

import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * A topic as the brokers describe it.
 *
 * @param replicas number in the partition with the fewest
 * @param inSync number of in-sync replicas in the partition with the fewest; 0 if it has no leader
 * @param allowed our permitted operations there; null: not reported
 * @param settings null: we may not see them
 */
record CheckedTopic(
    String name,
    TopicRole role,
    int partitions,
    int replicas,
    int inSync,
    @Nullable Set<AclOperation> allowed,
    @Nullable TopicSettings settings) {

  static CheckedTopic of(TopicDescription topic, TopicRole role, @Nullable Config config) {
    return new CheckedTopic(
        topic.name(),
        role,
        topic.partitions().size(),
        topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(0),
        topic.partitions().stream()
            .mapToInt(p -> p.leader() == null || p.leader().isEmpty() ? 0 : p.isr().size())
            .min()
            .orElse(0),
        topic.authorizedOperations(),
        config == null ? null : TopicSettings.of(config));
  }

  /** The title, as in "dead-letter topic letters". */
  String title() {
    return role.title() + " topic " + name;
  }
}
