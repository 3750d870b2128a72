package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import java.util.ArrayList;
import java.util.List;

/**
 * Records and dead letters keep their event's timestamp. An output topic that refuses timestamps
 * its input took (KIP-937) fails the job on them, again after each restart.
 */
final class TimestampsCheck implements TopicCheck {

  @Override
  public String name() {
    return "timestamps";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<CheckedTopic> seen = topics.withSettings();
    List<CheckedTopic> written = seen.stream().filter(topic -> topic.role().isWritten()).toList();
    if (written.isEmpty()) {
      return withoutSettings(topics.seen().stream().map(CheckedTopic::name).toList());
    }
    long newestInput =
        seen.stream()
            .filter(topic -> !topic.role().isWritten() && !topic.settings().appendTime())
            .mapToLong(topic -> topic.settings().newestMillis())
            .max()
            .orElse(0);
    List<Finding> findings = new ArrayList<>();
    for (CheckedTopic topic : written) {
      TopicSettings settings = topic.settings();
      if (!settings.appendTime() && settings.oldestMillis() < Long.MAX_VALUE) {
        findings.add(
            refuses(
                context,
                topic,
                "older than " + settings.oldestMillis() + " ms",
                "message.timestamp.before.max.ms=" + Long.MAX_VALUE));
      }
      if (!settings.appendTime() && settings.newestMillis() < newestInput) {
        findings.add(
            refuses(
                context,
                topic,
                "more than " + settings.newestMillis() + " ms ahead, which the input accepts",
                "message.timestamp.after.max.ms=" + newestInput));
      }
    }
    return findings.isEmpty()
        ? List.of(ok(name(), "the output topics accept every timestamp that the inputs accept"))
        : findings;
  }

  private Finding refuses(
      PreflightContext context, CheckedTopic topic, String what, String setting) {
    return warning(
        name(),
        topic.title() + " refuses timestamps " + what + ": such an event would fail the job",
        context.commands().set(topic.name(), setting));
  }
}
