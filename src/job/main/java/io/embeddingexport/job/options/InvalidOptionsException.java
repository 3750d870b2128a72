package io.embeddingexport.job.options;

import java.util.List;

/** Invalid job options, with all their problems. */
public final class InvalidOptionsException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf's lists are serializable.
  private final List<String> problems;

  public InvalidOptionsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, one sentence each: option, value and remedy. */
  public List<String> problems() {
    return problems;
  }
}
