package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.ok;
import static io.embeddingexport.job.checks.Finding.skipped;
import static io.embeddingexport.job.checks.Finding.warning;

import java.util.List;
import java.util.Optional;

/** Compares input partitions with slots: a slot without a partition has nothing to do. */
final class ParallelismCheck implements TopicCheck {

  @Override
  public String name() {
    return "parallelism";
  }

  @Override
  public List<Finding> evaluate(PreflightContext context, TopicStates topics) {
    List<CheckedTopic> inputs = topics.of(TopicRole.INPUT);
    if (inputs.size() < context.settings().source().topics().size()) {
      return List.of(skipped(name(), "the input's partitions are unknown (see topics)"));
    }
    int partitions = topics.partitions(TopicRole.INPUT);
    Optional<Integer> slots = context.slots();
    if (slots.isEmpty()) {
      return List.of(
          ok(name(), partitions + " input partitions; more slots than that would be idle"));
    }
    String found = slots.get() + " slots for " + partitions + " input partitions";
    return List.of(
        slots.get() > partitions
            ? warning(
                name(),
                found + ": " + (slots.get() - partitions) + " would be idle",
                "set flink.parallelism.default to "
                    + partitions
                    + ", or add partitions to the input")
            : ok(name(), found));
  }
}
