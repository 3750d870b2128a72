package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.error;
import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;

import io.embeddingexport.job.options.JobOptions;
import io.embeddingexport.kafka.sink.OutputPartitions;
import java.util.ArrayList;
import java.util.List;

/** Whether records can go to the partitions that {@code output.partitions} names. */
final class OutputPartitionsCheck implements TopicCheck {

  @Override
  public String name() {
    return "output-partitions";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<CheckedTopic> inputs = topics.of(TopicRole.INPUT);
    List<CheckedTopic> outputs = topics.of(TopicRole.RECORDS);
    if (inputs.size() < context.settings().source().topics().size() || outputs.isEmpty()) {
      return List.of(skipped(name(), "the topics' partitions are unknown (see topics)"));
    }
    int needed = inputs.stream().mapToInt(CheckedTopic::partitions).max().orElse(0);
    return context.settings().sink().partitions() == OutputPartitions.AS_INPUT
        ? asInput(context, needed, outputs)
        : byKey(needed, outputs);
  }

  private List<Finding> asInput(PreflightContext context, int needed, List<CheckedTopic> outputs) {
    List<Finding> findings = new ArrayList<>();
    for (CheckedTopic output : outputs) {
      if (output.partitions() < needed) {
        findings.add(
            error(
                name(),
                output.title()
                    + " has "
                    + output.partitions()
                    + " partitions, but an input topic has "
                    + needed
                    + ", with "
                    + JobOptions.OUTPUT_PARTITIONS.key()
                    + " = "
                    + OutputPartitions.AS_INPUT,
                "add partitions: " + context.commands().partitions(output.name(), needed)));
      }
    }
    return findings.isEmpty()
        ? List.of(ok(name(), "each record goes to the partition of its input"))
        : findings;
  }

  private List<Finding> byKey(int needed, List<CheckedTopic> outputs) {
    boolean fits = outputs.stream().allMatch(output -> output.partitions() == needed);
    return List.of(
        ok(
            name(),
            "records are partitioned by key"
                + (fits
                    ? "; the topics have the same number of partitions, so "
                        + JobOptions.OUTPUT_PARTITIONS.key()
                        + ": "
                        + OutputPartitions.AS_INPUT
                        + " is possible and costs less"
                    : "")));
  }
}
