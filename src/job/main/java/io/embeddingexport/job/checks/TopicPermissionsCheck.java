package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.kafka.admin.Permission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The job's permissions on its topics. READ and WRITE each imply DESCRIBE: a topic that may not be
 * described may not be read or written either.
 */
final class TopicPermissionsCheck implements TopicCheck {

  @Override
  public String name() {
    return "topic-permissions";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<Finding> findings = new ArrayList<>();
    for (String topic : topics.hidden()) {
      findings.add(denied(context, topic, context.topics().get(topic)));
    }
    List<String> untold = new ArrayList<>();
    Set<String> granted = new LinkedHashSet<>();
    for (CheckedTopic topic : topics.seen()) {
      Set<AclOperation> allowed = topic.allowed();
      if (allowed == null) {
        untold.add(topic.name());
      } else if (allowed.contains(topic.role().operation())) {
        granted.add(topic.role().operation() + " on " + topic.name());
      } else {
        findings.add(denied(context, topic.name(), topic.role()));
      }
    }
    if (!untold.isEmpty()) {
      findings.add(
          warning(
              name(),
              "the brokers do not report what is allowed on " + String.join(", ", untold),
              "check that the job may read its inputs and write its outputs"));
    }
    if (findings.isEmpty()) {
      findings.add(
          ok(name(), granted.isEmpty() ? "no topic exists yet" : String.join(", ", granted)));
    }
    return findings;
  }

  private Finding denied(PreflightContext context, String topic, TopicRole role) {
    return error(
        name(),
        role.operation() + " on the " + role.title() + " topic " + topic + " is not allowed",
        "grant it: " + context.commands().allow(Permission.topic(role.operation(), topic)));
  }
}
