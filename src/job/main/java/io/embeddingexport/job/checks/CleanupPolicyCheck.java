package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Key configs must not expire, and dead letters must not be compacted. The output may be compacted:
 * each record has a key, either its event's or the entity id.
 */
final class CleanupPolicyCheck implements TopicCheck {

  @Override
  public String name() {
    return "cleanup-policy";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<CheckedTopic> seen = topics.withSettings();
    if (seen.isEmpty()) {
      return withoutSettings(topics.seen().stream().map(CheckedTopic::name).toList());
    }
    List<Finding> findings = new ArrayList<>();
    for (CheckedTopic topic : seen) {
      TopicSettings settings = topic.settings();
      if (topic.role() == TopicRole.KEY_CONFIGS && (!settings.compacted() || settings.expires())) {
        findings.add(
            error(
                name(),
                topic.title()
                    + " has cleanup.policy="
                    + settings.cleanupPolicy()
                    + ", so old key configs would expire",
                context.commands().set(topic.name(), "cleanup.policy=compact")));
      } else if (topic.role() == TopicRole.DEAD_LETTERS && settings.compacted()) {
        findings.add(
            error(
                name(),
                topic.title()
                    + " is compacted: it would refuse dead letters without a key and drop others",
                context.commands().set(topic.name(), "cleanup.policy=delete")));
      }
    }
    return findings.isEmpty() ? List.of(ok(name(), policies(seen))) : findings;
  }

  private static String policies(List<CheckedTopic> topics) {
    return topics.stream()
        .map(topic -> topic.name() + " " + topic.settings().cleanupPolicy())
        .collect(Collectors.joining(", "));
  }
}
