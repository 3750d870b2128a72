package io.embeddingexport.job.checks;

import static io.embeddingexport.job.checks.Finding.skipped;

import java.util.List;

/** A check that judges the job's topics. */
interface TopicCheck {

  /** Same as {@link Check#name}. */
  String name();

  /** Judges the visible topics; at least one finding. */
  List<Finding> evaluate(PreflightContext context, TopicStates topics);

  /** The result of a check that needs topic settings when none may be seen. */
  default List<Finding> withoutSettings(List<String> unseen) {
    return List.of(
        skipped(
            name(),
            unseen.isEmpty()
                ? "no topic to check (see topics)"
                : "the settings of "
                    + String.join(", ", unseen)
                    + " are not visible (see topic-settings)"));
  }
}
