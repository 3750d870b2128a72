package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.kafka.admin.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.internals.Topic;

/**
 * Compares replicas with {@code min.insync.replicas}, for the job's topics and the brokers'
 * transaction state: finds what the loss of one broker would stop or lose.
 */
final class ReplicationCheck implements Check {
  private static final String TRANSACTION_LOG = Topic.TRANSACTION_STATE_TOPIC_NAME;

  @Override
  public String name() {
    return "replication";
  }

  /**
   * Requests the topics again: trying a transactional id may have just created the transaction
   * state.
   */
  @Override
  public List<Finding> run(PreflightContext context, Brokers brokers) throws InterruptedException {
    Map<String, TopicRole> topics = new LinkedHashMap<>(context.topics());
    if (context.isExactlyOnce()) {
      topics.put(TRANSACTION_LOG, TopicRole.TRANSACTION_LOG);
    }
    return evaluate(context, TopicStates.ask(brokers, topics));
  }

  List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    if (topics.seen().isEmpty()) {
      return List.of(skipped(name(), "no topic to check (see topics)"));
    }
    List<Finding> findings = new ArrayList<>();
    List<String> single = new ArrayList<>();
    for (CheckedTopic topic : topics.seen()) {
      if (topic.replicas() == 1) {
        single.add(topic.name());
      }
      if (topic.inSync() == 0) {
        findings.add(shortNow(topic.title() + " has a partition without a leader"));
      }
      if (topic.role().isWritten() && topic.settings() != null) {
        evaluateWritten(context, topic, topic.settings().minInsyncReplicas(), findings);
      }
    }
    if (!single.isEmpty()) {
      findings.add(
          warning(
              name(),
              "only one replica of "
                  + String.join(", ", single)
                  + ": the loss of a broker loses its data",
              "create topics with --replication-factor 3 --config min.insync.replicas=2 in"
                  + " production"));
    }
    if (topics.hidden().contains(TRANSACTION_LOG)) {
      findings.add(
          warning(
              name(),
              "the replicas of " + TRANSACTION_LOG + " are not visible",
              "to check them: "
                  + context
                      .commands()
                      .allow(Permission.topic(AclOperation.DESCRIBE, TRANSACTION_LOG))));
    }
    return findings.isEmpty() ? List.of(ok(name(), summary(topics.seen()))) : findings;
  }

  private void evaluateWritten(
      PreflightContext context, CheckedTopic topic, int minInsync, List<Finding> findings) {
    String found =
        topic.title()
            + " has "
            + topic.replicas()
            + (topic.replicas() == 1 ? " replica" : " replicas")
            + " and min.insync.replicas="
            + minInsync;
    RemedyCommands commands = context.commands();
    if (topic.inSync() > 0 && topic.inSync() < Math.min(minInsync, topic.replicas())) {
      findings.add(shortNow(found + ", but only " + topic.inSync() + " in sync now: writes wait"));
    }
    if (topic.replicas() < minInsync) {
      findings.add(
          error(
              name(),
              found + ": every write fails",
              commands.set(
                  topic.name(), "min.insync.replicas=" + Math.max(1, topic.replicas() - 1))));
    } else if (topic.replicas() > 1 && topic.replicas() == minInsync) {
      findings.add(
          warning(
              name(),
              found + ": one broker down stops the job",
              topic.replicas() > 2
                  ? commands.set(topic.name(), "min.insync.replicas=" + (minInsync - 1))
                  : "add a third replica (kafka-reassign-partitions.sh)"));
    } else if (topic.replicas() > 1 && minInsync == 1) {
      findings.add(
          warning(
              name(),
              found + ": committed data may be on one broker only",
              commands.set(topic.name(), "min.insync.replicas=2")));
    }
  }

  private Finding shortNow(String found) {
    return warning(name(), found, "restart the brokers that are down");
  }

  private static String summary(List<CheckedTopic> topics) {
    return topics.stream()
        .map(
            topic ->
                topic.name()
                    + " "
                    + topic.replicas()
                    + (topic.settings() == null
                        ? ""
                        : " (min.insync " + topic.settings().minInsyncReplicas() + ")"))
        .collect(Collectors.joining(", "));
  }
}
