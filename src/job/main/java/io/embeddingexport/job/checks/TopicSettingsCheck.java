package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.kafka.admin.Permission;
import java.util.List;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the topics' settings may be seen, which the job itself does not need. */
final class TopicSettingsCheck implements TopicCheck {

  @Override
  public String name() {
    return "topic-settings";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<String> unseen =
        topics.seen().stream()
            .filter(topic -> topic.settings() == null)
            .map(CheckedTopic::name)
            .toList();
    if (unseen.isEmpty()) {
      return List.of(ok(name(), "the topics' settings are visible"));
    }
    return List.of(
        warning(
            name(),
            "the settings of "
                + String.join(", ", unseen)
                + " are not visible: cleanup policy, message size and min.insync.replicas are not"
                + " checked",
            "to check them: "
                + context
                    .commands()
                    .allow(Permission.topics(AclOperation.DESCRIBE_CONFIGS, unseen))));
  }
}
