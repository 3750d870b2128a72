package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.warning;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.ClientDefaults;
import io.embeddingexport.kafka.sink.DeadLetters;
import io.embeddingexport.keys.KeyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether the largest messages the job may write fit: a message too large for a topic fails the
 * job, again after each restart. Fetch sizes are no limit: a consumer still gets a message larger
 * than its fetch (KIP-74).
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
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<CheckedTopic> seen = topics.withSettings();
    List<Finding> findings = new ArrayList<>();
    long maxRequest = maxRequest(context);
    long largestInput = largestInput(seen);
    long largestLetter = largestInput + DeadLetters.MAX_ADDED_BYTES;
    for (CheckedTopic topic : seen) {
      if (topic.role() == TopicRole.DEAD_LETTERS && largestInput > 0) {
        evaluateDeadLetters(context, topic, largestLetter, findings);
      } else if (topic.role() == TopicRole.RECORDS) {
        evaluateRecords(context, topic, findings);
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
                  + " bytes: a dead letter of the largest input event needs "
                  + largestLetter,
              "raise it"));
    }
    if (!findings.isEmpty()) {
      return findings;
    }
    return seen.isEmpty()
        ? withoutSettings(topics.seen().stream().map(CheckedTopic::name).toList())
        : List.of(ok(name(), summary(context, largestLetter)));
  }

  /** The largest input message; refused key configs also become dead letters. */
  private static long largestInput(List<CheckedTopic> topics) {
    return topics.stream()
        .filter(topic -> !topic.role().isWritten())
        .mapToLong(topic -> topic.settings().maxMessageBytes())
        .max()
        .orElse(0);
  }

  private void evaluateDeadLetters(
      PreflightContext context, CheckedTopic topic, long needed, List<Finding> findings) {
    long takes = topic.settings().maxMessageBytes();
    if (takes < needed) {
      findings.add(
          error(
              name(),
              topic.title()
                  + " accepts "
                  + takes
                  + " bytes, but a dead letter of the largest input event needs "
                  + needed,
              context.commands().set(topic.name(), "max.message.bytes=" + needed)));
    }
  }

  /**
   * {@code record.max-bytes} bounds record, key and headers; key configs may set a tighter bound.
   */
  private void evaluateRecords(
      PreflightContext context, CheckedTopic topic, List<Finding> findings) {
    long takes = Math.min(topic.settings().maxMessageBytes(), maxRequest(context));
    long allowed = context.settings().limits().maxRecordBytes();
    for (KeyConfig config : context.settings().keyConfigs()) {
      long size = config.template().build().fixedSize();
      boolean isFixed = size >= 0;
      if (isFixed
          && writesTo(config, topic, context)
          && size + OVERHEAD_BYTES > takes
          && size <= allowed) {
        findings.add(
            error(
                name(),
                topic.title()
                    + " accepts "
                    + takes
                    + " bytes, but each record of model '"
                    + config.model()
                    + "' has "
                    + size
                    + " and up to "
                    + OVERHEAD_BYTES
                    + " of headers",
                context
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
                  + " accepts "
                  + takes
                  + " bytes, but "
                  + JobOptions.RECORD_MAX_BYTES.key()
                  + " = "
                  + allowed
                  + " allows larger messages: one would fail the job",
              takes > OVERHEAD_BYTES
                  ? "set "
                      + JobOptions.RECORD_MAX_BYTES.key()
                      + " to "
                      + (takes - OVERHEAD_BYTES)
                      + " or less: larger records become dead letters"
                  : context
                      .commands()
                      .set(topic.name(), "max.message.bytes=" + (allowed + OVERHEAD_BYTES))));
    }
  }

  private static boolean writesTo(KeyConfig config, CheckedTopic topic, PreflightContext context) {
    return topic.name().equals(context.settings().sink().topics().records(config.outputTopic()));
  }

  private static long maxRequest(PreflightContext context) {
    Map<String, String> properties = context.settings().sink().properties();
    String size = properties.getOrDefault(MAX_REQUEST, ClientDefaults.SINK.get(MAX_REQUEST));
    return size.matches("\\d{1,18}") ? Long.parseLong(size) : Long.MAX_VALUE;
  }

  private static String summary(PreflightContext context, long largestLetter) {
    long fixed = 0;
    for (KeyConfig config : context.settings().keyConfigs()) {
      long size = config.template().build().fixedSize();
      fixed = fixed < 0 || size < 0 ? -1 : Math.max(fixed, size);
    }
    boolean isFixed = fixed > 0 && context.settings().keyConfigTopic() == null;
    return "records of up to "
        + (isFixed ? fixed : context.settings().limits().maxRecordBytes())
        + " bytes and dead letters of up to "
        + largestLetter
        + " fit their topics";
  }
}
