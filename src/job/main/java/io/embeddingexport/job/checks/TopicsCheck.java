package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the topics exist. */
final class TopicsCheck implements TopicCheck {

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<Finding> findings = new ArrayList<>();
    for (String topic : topics.missing()) {
      findings.add(
          error(
              name(),
              "topic " + topic + " does not exist",
              context
                  .commands()
                  .create(
                      topic, context.topics().get(topic), context.settings().keyConfigTopic())));
    }
    if (topics.seen().isEmpty() && findings.isEmpty()) {
      return List.of(skipped(name(), "no topic can be described (see topic-permissions)"));
    }
    return findings.isEmpty() ? List.of(ok(name(), partitions(topics.seen()))) : findings;
  }

  private static String partitions(List<CheckedTopic> topics) {
    return topics.stream()
        .map(
            topic ->
                topic.name()
                    + " ("
                    + topic.partitions()
                    + (topic.partitions() == 1 ? " partition)" : " partitions)"))
        .collect(Collectors.joining(", "));
  }
}
