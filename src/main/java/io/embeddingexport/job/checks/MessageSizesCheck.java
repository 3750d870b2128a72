package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.job.JobOptions;
import io.embeddingexport.kafka.ClientDefaults;
import io.embeddingexport.kafka.DeadLetters;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the largest messages the job may write fit: what is too large for a topic fails the job,
 * again after each restart. Fetch sizes are no limit: a consumer gets a message larger than its
 * fetch all the same (KIP-74).
 */
final class MessageSizesCheck implements TopicCheck {
  /** The batch's and the record's own overhead, and the export's headers. */
  private static final int OVERHEAD_BYTES = 4096;

  private static final String MAX_REQUEST = "max.request.size";

  @Override
  public String name() {
    return "message-sizes";
  }

  @Override
  public List<Finding> judge(PreflightContext subject, TopicStates topics) {
    List<TopicState> seen = topics.withSettings();
    List<Finding> findings = new ArrayList<>();
    long maxRequest = maxRequest(subject);
    long largestInput = largestInput(seen);
    long largestLetter = largestInput + DeadLetters.MAX_ADDED_BYTES;
    for (TopicState topic : seen) {
      if (topic.role() == TopicRole.DEAD_LETTERS && largestInput > 0) {
        judgeDeadLetters(subject, topic, largestLetter, findings);
      } else if (topic.role() == TopicRole.RECORDS) {
        judgeRecords(subject, topic, findings);
      }
    }
    if (maxRequest < largestLetter) {
      findings.add(
          error(
              name(),
              JobOptions.SINK_PREFIX
                  + MAX_REQUEST
                  + " = "
                  + maxRequest
                  + " bytes: a dead letter of the largest event the input takes needs "
                  + largestLetter,
              "raise it"));
    }
    if (!findings.isEmpty()) {
      return findings;
    }
    return seen.isEmpty()
        ? withoutSettings(topics.seen().stream().map(TopicState::name).toList())
        : List.of(ok(name(), summary(subject, largestLetter)));
  }

  /** The largest input message; what is refused of the key configs becomes a dead letter, too. */
  private static long largestInput(List<TopicState> topics) {
    return topics.stream()
        .filter(topic -> !topic.role().isWritten())
        .mapToLong(topic -> topic.settings().maxMessageBytes())
        .max()
        .orElse(0);
  }

  private void judgeDeadLetters(
      PreflightContext subject, TopicState topic, long needed, List<Finding> findings) {
    long takes = topic.settings().maxMessageBytes();
    if (takes < needed) {
      findings.add(
          error(
              name(),
              topic.title()
                  + " takes "
                  + takes
                  + " bytes, and a dead letter of the largest event the input takes needs "
                  + needed,
              subject.commands().set(topic.name(), "max.message.bytes=" + needed)));
    }
  }

  /** {@code record.max-bytes} bounds record, key and headers; key configs may bound them closer. */
  private void judgeRecords(PreflightContext subject, TopicState topic, List<Finding> findings) {
    long takes = Math.min(topic.settings().maxMessageBytes(), maxRequest(subject));
    long allowed = subject.settings().limits().maxRecordBytes();
    for (KeyConfig config : subject.settings().keyConfigs()) {
      long size = config.template().build().fixedSize();
      boolean isFixed = size >= 0;
      if (isFixed
          && writesTo(config, topic, subject)
          && size + OVERHEAD_BYTES > takes
          && size <= allowed) {
        findings.add(
            error(
                name(),
                topic.title()
                    + " takes "
                    + takes
                    + " bytes, and each record of model '"
                    + config.model()
                    + "' has "
                    + size
                    + " and up to "
                    + OVERHEAD_BYTES
                    + " of headers",
                subject
                    .commands()
                    .set(topic.name(), "max.message.bytes=" + (size + OVERHEAD_BYTES))));
        return;
      }
    }
    if (allowed + OVERHEAD_BYTES > takes) {
      findings.add(
          warning(
              name(),
              topic.title()
                  + " takes "
                  + takes
                  + " bytes, and "
                  + JobOptions.RECORD_MAX_BYTES.key()
                  + " = "
                  + allowed
                  + " lets larger messages through: such a one would fail the job",
              takes > OVERHEAD_BYTES
                  ? "set "
                      + JobOptions.RECORD_MAX_BYTES.key()
                      + " to "
                      + (takes - OVERHEAD_BYTES)
                      + " or less: what is larger becomes a dead letter"
                  : subject
                      .commands()
                      .set(topic.name(), "max.message.bytes=" + (allowed + OVERHEAD_BYTES))));
    }
  }

  private static boolean writesTo(KeyConfig config, TopicState topic, PreflightContext subject) {
    return topic.name().equals(subject.settings().sink().topics().records(config.outputTopic()));
  }

  private static long maxRequest(PreflightContext subject) {
    Map<String, String> properties = subject.settings().sink().properties();
    String size = properties.getOrDefault(MAX_REQUEST, ClientDefaults.SINK.get(MAX_REQUEST));
    return size.matches("\\d{1,18}") ? Long.parseLong(size) : Long.MAX_VALUE;
  }

  private static String summary(PreflightContext subject, long largestLetter) {
    long fixed = 0;
    for (KeyConfig config : subject.settings().keyConfigs()) {
      long size = config.template().build().fixedSize();
      fixed = fixed < 0 || size < 0 ? -1 : Math.max(fixed, size);
    }
    boolean isFixed = fixed > 0 && subject.settings().keyConfigTopic() == null;
    return (isFixed ? "records of " : "records of up to ")
        + (isFixed ? fixed : subject.settings().limits().maxRecordBytes())
        + " bytes"
        + (isFixed ? " at most" : "")
        + " and dead letters of up to "
        + largestLetter
        + " fit their topics";
  }
}
